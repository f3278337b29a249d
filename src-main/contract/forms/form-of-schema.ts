/**
 * The form of a schema, and the texts of its fields by code: what a schema declares is drawn, and nothing else. Pure.
 */
import { z } from 'zod';
import type { Text } from '../text/text.ts';
import { type FieldMeta, metaOf } from './field-meta.ts';
import type { Choice, Field, FieldBase, Form } from './form.ts';

export interface DescribedForm {
  readonly form: Form;
  readonly texts: Readonly<Record<string, Text>>;
  /** Fields that lack what a form needs, by their code and what it is. */
  readonly faults: readonly string[];
}

/** @param id begins the codes of the texts; the label of the schema itself is the title */
export function describeForm(id: string, schema: z.ZodObject): DescribedForm {
  const found: Found = { texts: {}, faults: [] };
  const { label, help } = metaOf(schema);
  if (label === undefined) found.faults.push(`${id} has no label`);
  note(found, id, label);
  note(found, `${id}.help`, help);
  const form = {
    id,
    title: label?.en ?? id,
    ...(help !== undefined && { help: help.en }),
    fields: fieldsOf(schema, id, found),
  };
  return { form, ...found };
}

interface Found {
  readonly texts: Record<string, Text>;
  readonly faults: string[];
}

const note = ({ texts }: Found, code: string, text: Text | undefined): void => {
  if (text !== undefined) texts[code] = text;
};

/** What a field's schema says of it, wherever in `.default()` or `.optional()` it was said. */
export const metaOfField = (schema: z.core.$ZodType): FieldMeta => unwrap(schema).meta;

export const secretNamesOf = ({ shape }: z.ZodObject): readonly string[] =>
  Object.entries(shape).flatMap(([name, schema]) => (metaOfField(schema).secret === true ? [name] : []));

const fieldsOf = (schema: z.ZodObject, code: string, found: Found): Field[] =>
  Object.entries(schema.shape).flatMap(([name, one]) => fieldOf(name, `${code}.${name}`, one, found) ?? []);

/** A schema without what it is wrapped in, and what the wrappers said. */
interface Unwrapped {
  readonly schema: z.core.$ZodType;
  readonly meta: FieldMeta;
  readonly isOptional: boolean;
  readonly isNullable: boolean;
  readonly default?: unknown;
}

function unwrap(outer: z.core.$ZodType): Unwrapped {
  const own = outer instanceof z.ZodType ? metaOf(outer) : {};
  const within = (inner: z.core.$ZodType, part: Partial<Unwrapped>): Unwrapped => {
    const unwrapped = unwrap(inner);
    return { ...unwrapped, ...part, meta: { ...unwrapped.meta, ...own } };
  };
  if (outer instanceof z.ZodOptional) return within(outer.unwrap(), { isOptional: true });
  if (outer instanceof z.ZodNullable) return within(outer.unwrap(), { isNullable: true });
  if (outer instanceof z.ZodDefault) return within(outer.unwrap(), { default: outer.def.defaultValue });
  if (outer instanceof z.ZodPrefault) return within(outer.unwrap(), { default: outer.parse(undefined) });
  return { schema: outer, meta: own, isOptional: false, isNullable: false };
}

function fieldOf(name: string, code: string, outer: z.core.$ZodType, found: Found): Field | undefined {
  const { schema, meta, isOptional, isNullable, default: preset } = unwrap(outer);
  if (meta.hidden === true) return undefined;
  const { label, help, placeholder, empty, zero, unit } = meta;
  const base: FieldBase = {
    name,
    code,
    label: label?.en ?? name,
    isRequired: !isOptional && !isNullable && preset === undefined,
    isAdvanced: meta.advanced === true,
    isInline: meta.inline === true,
    ...(help !== undefined && { help: help.en }),
    ...(placeholder !== undefined && { placeholder }),
    ...(empty !== undefined && { empty: empty.en }),
    ...(preset !== undefined && { default: preset }),
    ...(isNullable && { emptyValue: null }),
  };
  note(found, code, label);
  note(found, `${code}.help`, help);
  note(found, `${code}.empty`, empty);
  note(found, `${code}.zero`, zero);
  if (label === undefined) found.faults.push(`${code} has no label`);
  const wordsOf = (value: string | number): Choice => {
    const words = meta.choices?.[value];
    note(found, `${code}.${value}`, words);
    if (words === undefined && unit === undefined) found.faults.push(`${code} has no words for ${value}`);
    return { value, ...(words !== undefined && { label: words.en }) };
  };
  const choicesIn = (one: z.core.$ZodType): Choice[] | undefined => valuesOf(one)?.map(wordsOf);

  if (schema instanceof z.ZodBoolean) return { ...base, type: 'switch' };
  const choices = choicesIn(schema);
  if (choices !== undefined) return { ...base, type: 'choice', choices, ...(unit !== undefined && { unit }) };
  if (schema instanceof z.ZodNumber)
    return {
      ...base,
      type: 'number',
      isWhole: schema.isInt,
      ...(unit !== undefined && { unit }),
      ...(zero !== undefined && { zero: zero.en }),
      ...(schema.minValue !== null && schema.minValue > Number.MIN_SAFE_INTEGER && { min: schema.minValue }),
      ...(schema.maxValue !== null && schema.maxValue < Number.MAX_SAFE_INTEGER && { max: schema.maxValue }),
    };
  if (schema instanceof z.ZodString || schema instanceof z.ZodURL) {
    if (meta.from !== undefined) return { ...base, type: 'pick', from: meta.from };
    return {
      ...base,
      type: 'text',
      isSecret: meta.secret === true,
      isMultiline: meta.multiline === true,
      // A text that may be empty need not be filled in.
      isRequired: base.isRequired && !schema.safeParse('').success,
      ...(schema.maxLength !== null && { maxLength: schema.maxLength }),
    };
  }
  if (schema instanceof z.ZodObject) return { ...base, type: 'group', fields: fieldsOf(schema, code, found) };
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const key = schema.def.discriminator;
    const variants = schema.options.flatMap((option) => {
      if (!(option instanceof z.ZodObject)) return [];
      const value = valuesOf(option.shape[key])?.[0];
      if (value === undefined) return [];
      const { [key]: _, ...shape } = option.shape;
      const words = meta.choices?.[value];
      note(found, `${code}.${value}`, words);
      if (words === undefined) found.faults.push(`${code} has no words for ${value}`);
      return [
        { value: String(value), label: words?.en ?? String(value), fields: fieldsOf(z.object(shape), code, found) },
      ];
    });
    return { ...base, type: 'variants', key, variants };
  }
  if (schema instanceof z.ZodArray) {
    const { schema: element, meta: ofElement } = unwrap(schema.element);
    if (meta.weekdays === true) return { ...base, type: 'weekdays' };
    const from = meta.from ?? ofElement.from;
    if (from !== undefined) return { ...base, type: 'picks', from };
    const several = choicesIn(element);
    if (several !== undefined) return { ...base, type: 'choices', choices: several };
    if (element instanceof z.ZodString) return { ...base, type: 'texts' };
    if (element instanceof z.ZodObject) return { ...base, type: 'list', fields: fieldsOf(element, code, found) };
  }
  found.faults.push(`${code} can't be drawn: hide it, or teach form-of-schema.ts its shape`);
  return undefined;
}

/** Of an enum, a literal, or a union of literals. */
function valuesOf(schema: z.core.$ZodType | undefined): (string | number)[] | undefined {
  if (schema instanceof z.ZodEnum) return schema.options;
  if (schema instanceof z.ZodLiteral)
    return [...schema.values].flatMap((value) =>
      typeof value === 'string' || typeof value === 'number' ? [value] : [],
    );
  if (schema instanceof z.ZodUnion && !(schema instanceof z.ZodDiscriminatedUnion)) {
    const all = schema.options.map((option) => valuesOf(option));
    return all.some((one) => one === undefined) ? undefined : all.flatMap((one) => one ?? []);
  }
  return undefined;
}
