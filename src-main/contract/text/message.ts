/**
 * What the core says to people: a code with values, whose words stand in every language where the code is made. A
 * template names its values in braces: `{names}` as it is (numbers as the language writes them), `{size:bytes}` with a
 * unit, `{at:dateTime}`, `{left:duration}` (seconds), and `{rows|row|rows}` for the form that goes with a number, in
 * the order of the language's plural categories (English and German: one, then other).
 */
import type { Unit } from '../metric.ts';
import type { Text } from './text.ts';
import { type ValueFormats, valueFormats } from './value-formats.ts';

export type Values = Readonly<Record<string, string | number>>;

type NameOf<T extends string> = T extends `${infer N}:${string}` ? N : T extends `${infer N}|${string}` ? N : T;
/** The names of the values that a template fills in. */
type NamesIn<T extends string> = T extends `${string}{${infer Part}}${infer Rest}`
  ? NameOf<Part> | NamesIn<Rest>
  : never;

/**
 * `detail` is what somebody else said (the system, SQLite, a server): it follows the sentence as it is, unless that
 * names it.
 */
type Detail = { readonly detail?: string };
/** A last argument that may be left out where there is nothing to fill in. */
export type ValuesArgument<N extends string> = [N] extends [never]
  ? [values?: Detail]
  : [values: Readonly<Record<N, string | number>> & Detail];

/** A code with its words, and the names of the values that they fill in. */
export interface Sentence<N extends string = string> {
  /** `kind.owner.name`: nobody but its owner can make it. */
  readonly code: string;
  readonly text: Text;
  /** For the compiler alone, never set. */
  readonly names?: readonly N[];
}

/** Of a sentence's type. */
export type NamesOf<S> = S extends Sentence<infer N> ? N : never;

/** Another language may leave a value out, but names none that English does not have. */
type SameValues<T extends Readonly<Record<string, Text>>> = {
  readonly [K in keyof T]: NamesIn<T[K]['de']> extends NamesIn<T[K]['en']> ? Text : never;
};

export type SentencesOf<T extends Readonly<Record<string, Text>>> = {
  readonly [K in keyof T]: Sentence<Exclude<NamesIn<T[K]['en']>, 'detail'>>;
};

/** The sentences of one owner, by name; the owner's kind and id begin each code. */
export function sentences<const T extends Readonly<Record<string, Text>>>(
  owner: string,
  texts: T & SameValues<T>,
): SentencesOf<T> {
  const made = Object.entries(texts as T).map(([name, text]) => [name, { code: `${owner}.${name}`, text }]);
  return Object.fromEntries(made) as SentencesOf<T>;
}

/** A sentence as it travels. The English goes along, for REST, logs, and a window that does not know the code. */
export interface Message {
  readonly code: string;
  readonly message: string;
  readonly values?: Values;
}

export function say<N extends string>(sentence: Sentence<N>, ...[values]: ValuesArgument<N>): Message {
  const message = fillIn(sentence.text.en, values ?? {}, valueFormats('en'));
  return { code: sentence.code, message, ...(values !== undefined && { values }) };
}

/** Undefined where a value is not there that the text names. */
export function tryFillIn(text: string, values: Values, formats: ValueFormats): string | undefined {
  let isComplete = true;
  const template = text.includes('{detail}') || !values.detail ? text : withDetail(text);
  const filled = template.replace(
    /\{(\w+)(?::(\w+)|\|([^}]*))?\}/g,
    (_, name: string, format?: string, forms?: string) => {
      const value = values[name];
      if (value === undefined) isComplete = false;
      if (name === 'detail') return String(value ?? '').replace(/\.$/, '');
      if (typeof value !== 'number') return value ?? '';
      return forms === undefined ? write(value, format, formats) : pluralForm(value, forms.split('|'), formats.locale);
    },
  );
  return isComplete ? filled : undefined;
}

/** A value that is not there leaves its name in braces, which a person can still make sense of. */
export const fillIn = (text: string, values: Values, formats: ValueFormats): string =>
  tryFillIn(text, values, formats) ?? text;

function write(value: number, format: string | undefined, formats: ValueFormats): string {
  switch (format) {
    case undefined:
      return formats.value(value, 'count');
    case 'dateTime':
      return formats.dateTime(value);
    case 'duration':
      return formats.duration(value);
    default:
      return formats.value(value, format as Unit);
  }
}

/** Making one costs a hundred times what using it does. */
const pluralRules = new Map<string, Intl.PluralRules>();

function pluralForm(count: number, forms: readonly string[], locale: string): string {
  let rules = pluralRules.get(locale);
  if (rules === undefined) {
    rules = new Intl.PluralRules(locale);
    pluralRules.set(locale, rules);
  }
  const order = ['zero', 'one', 'two', 'few', 'many', 'other'];
  const categories = rules.resolvedOptions().pluralCategories.toSorted((a, b) => order.indexOf(a) - order.indexOf(b));
  return forms[categories.indexOf(rules.select(count))] ?? forms.at(-1) ?? '';
}

/**
 * What the system or SQLite said follows what happened, before what helps: "The disk is full: ENOSPC, write. Free some
 * space."
 */
function withDetail(template: string): string {
  const end = /\.(?=\s+\p{Lu}|$)/u.exec(template)?.index ?? template.length;
  return `${template.slice(0, end)}: {detail}${template.slice(end)}`;
}
