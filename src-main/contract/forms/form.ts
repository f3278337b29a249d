/**
 * A form as it travels to a window: what fields there are and how each is entered. Made from a schema
 * (`form-of-schema.ts`). Pure.
 */
import type { ChoiceSource, FieldUnit } from './field-meta.ts';

/** What a form holds while it is filled in; the schema of the procedure that takes it judges it. */
export type Draft = Readonly<Record<string, unknown>>;

export interface FieldBase {
  /** Its key in the draft. */
  readonly name: string;
  /** Its texts: `<code>`, `<code>.help`, `<code>.empty`, `<code>.zero`. The English travels along. */
  readonly code: string;
  readonly label: string;
  readonly help?: string;
  readonly placeholder?: string;
  readonly empty?: string;
  /** Has to be filled in. Not so where the schema has a default or takes none. */
  readonly isRequired: boolean;
  /** Left out of the draft where it is empty; null stands in it where the schema takes null. */
  readonly emptyValue?: null;
  readonly isAdvanced: boolean;
  /** A group that stands among the fields around it, without a frame. */
  readonly isInline: boolean;
  readonly default?: unknown;
}

export interface Choice {
  readonly value: string | number;
  /** English; other languages under `<code>.<value>`. Of numbers with a unit there is none. */
  readonly label?: string;
}

export type Field = FieldBase &
  (
    | { readonly type: 'switch' }
    | { readonly type: 'choice' | 'choices'; readonly choices: readonly Choice[]; readonly unit?: FieldUnit }
    /** One or several of what the window knows, or the core. */
    | { readonly type: 'pick' | 'picks'; readonly from: ChoiceSource }
    | { readonly type: 'weekdays' }
    | {
        readonly type: 'number';
        readonly unit?: FieldUnit;
        readonly min?: number;
        readonly max?: number;
        readonly isWhole: boolean;
        readonly zero?: string;
      }
    | {
        readonly type: 'text';
        readonly isSecret: boolean;
        readonly isMultiline: boolean;
        readonly maxLength?: number;
      }
    | { readonly type: 'texts' }
    | { readonly type: 'group'; readonly fields: readonly Field[] }
    | { readonly type: 'list'; readonly fields: readonly Field[] }
    /** One of several groups, told apart by the value of `key`. */
    | {
        readonly type: 'variants';
        readonly key: string;
        readonly variants: readonly {
          readonly value: string;
          readonly label: string;
          readonly fields: readonly Field[];
        }[];
      }
  );

export interface Form {
  /** Begins the codes of its texts: `setting.store`, `channel.email`, `target-kind.http`, `alert-rule`. */
  readonly id: string;
  readonly title: string;
  readonly help?: string;
  readonly fields: readonly Field[];
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const draftIn = (value: unknown): Draft => (isDraft(value) ? value : {});
export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What a new one begins with: the schema's defaults, and nothing where it has none. */
export function draftOf(fields: readonly Field[]): Draft {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = beginningOf(field);
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
}

function beginningOf(field: Field): unknown {
  if (field.default !== undefined) return field.default;
  if (field.emptyValue !== undefined) return field.emptyValue;
  if (!field.isRequired) return undefined;
  switch (field.type) {
    case 'group':
      return draftOf(field.fields);
    case 'list':
    case 'texts':
    case 'choices':
    case 'picks':
    case 'weekdays':
      return [];
    case 'text':
      return '';
    case 'switch':
      return false;
    case 'choice':
      return field.choices[0]?.value;
    case 'variants':
      return variantOf(field, field.variants[0]?.value ?? '', {});
    default:
      return undefined;
  }
}

/** Another variant keeps what it has in common with the one before. */
export function variantOf(field: Extract<Field, { type: 'variants' }>, value: string, before: Draft): Draft {
  const fields = field.variants.find((one) => one.value === value)?.fields ?? [];
  const kept = fields.flatMap(({ name }) => (name in before ? [[name, before[name]]] : []));
  return { [field.key]: value, ...draftOf(fields), ...Object.fromEntries(kept) };
}

/** The draft with another value in one field; what is optional and empty is left out, a group of nothing with it. */
export function withValue(draft: Draft, field: Field, value: unknown): Draft {
  const { [field.name]: _, ...others } = draft;
  if (!isEmpty(value)) return { ...others, [field.name]: value };
  if (field.emptyValue !== undefined) return { ...others, [field.name]: field.emptyValue };
  // What has a default is emptied on purpose; left out, the default would come back.
  if (field.isRequired || field.default !== undefined) return { ...others, [field.name]: value };
  return others;
}

export const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isDraft(value) && Object.values(value).every(isEmpty));
