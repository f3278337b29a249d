/** The part of JSON Schema that zod writes for our settings. */
export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly description?: string;
}

export type FieldShape =
  | 'switch'
  | 'choice'
  | 'choices'
  | 'number'
  | 'text'
  | 'texts'
  | 'numbers'
  | 'group'
  | 'list'
  | 'unknown';

/** How a value of this schema is best edited. */
export function shapeOf(schema: JsonSchema): FieldShape {
  if (schema.enum !== undefined) return 'choice';
  switch (schema.type) {
    case 'boolean':
      return 'switch';
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return 'text';
    case 'object':
      return schema.properties === undefined ? 'unknown' : 'group';
    case 'array': {
      const items = schema.items ?? {};
      if (items.enum !== undefined) return 'choices';
      if (items.type === 'string') return 'texts';
      if (items.type === 'integer' || items.type === 'number') return 'numbers';
      return items.type === 'object' ? 'list' : 'unknown';
    }
    default:
      return 'unknown';
  }
}

/** A new entry of a list: defaults where the schema has some, empty otherwise. */
export function emptyValue(schema: JsonSchema): unknown {
  if (schema.type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, property]) => [name, emptyValue(property)]),
    );
  if (schema.default !== undefined) return schema.default;
  if (schema.enum !== undefined) return schema.enum[0];
  return { array: [], string: '', boolean: false, integer: schema.minimum ?? 0, number: schema.minimum ?? 0 }[
    schema.type ?? ''
  ];
}

/** `keepHiddenWindowMinutes` to `Keep hidden window minutes`: what a setting is called until someone names it. */
export function wordsOf(name: string): string {
  const words = name
    .replace(/^is(?=[A-Z])/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
