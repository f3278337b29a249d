/**
 * One line of StatsD, with DogStatsD 1.1 to 1.3: `name:value:value|type|@rate|#tag:value,…|c:container|T1656581400`.
 * Pure.
 */

type StatsdType = 'counter' | 'gauge' | 'timer' | 'histogram' | 'set';

interface StatsdParts {
  readonly name: string;
  /** How many events each value stands for; more than one where the sender sampled. */
  readonly weight: number;
  readonly tags: Readonly<Record<string, string>>;
}

export type StatsdSample = StatsdParts &
  (
    | {
        readonly type: Exclude<StatsdType, 'set'>;
        /** Counters are already multiplied up by their sample rate; timers are seconds, histograms have no unit. */
        readonly values: readonly number[];
        /** `+5` and `-5` change a gauge instead of setting it. */
        readonly isRelative: boolean;
      }
    | { readonly type: 'set'; readonly members: readonly string[] }
  );

const types: Readonly<Record<string, StatsdType>> = {
  c: 'counter',
  g: 'gauge',
  ms: 'timer',
  h: 'histogram',
  d: 'histogram',
  s: 'set',
};
const shape = /^([^:|@#\s][^:|@#]{0,199}):([^|]{1,8000})\|([a-z]{1,2})((?:\|[^|]*)*)$/;
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** DogStatsD's events and service checks, which are no metrics. */
export const isStatsdNotification = (line: string): boolean => /^_e\{\d+,\d+\}:|^_sc\|/.test(line.trim());

/** @returns undefined where the line makes no sense */
export function parseStatsdLine(line: string): StatsdSample | undefined {
  const match = shape.exec(line.trim());
  if (match === null) return undefined;
  const [, name, valueText, typeText, rest] = match as unknown as [string, string, string, string, string];
  const type = types[typeText];
  if (type === undefined) return undefined;
  const extras = parseExtras(rest);
  if (extras === undefined) return undefined;
  const parts: StatsdParts = { name, ...extras };
  if (type === 'set') return { ...parts, type, members: valueText.split(':') };
  const texts = valueText.split(':');
  if (!texts.every((text) => number.test(text))) return undefined;
  const numbers = texts.map(Number);
  if (!numbers.every(Number.isFinite)) return undefined;
  // A counter that shrinks and time that runs backwards are lies.
  if ((type === 'counter' || type === 'timer') && numbers.some((value) => value < 0)) return undefined;
  const factor = type === 'counter' ? extras.weight : type === 'timer' ? 0.001 : 1;
  const values = numbers.map((value) => value * factor);
  return { ...parts, type, values, isRelative: type === 'gauge' && /^[+-]/.test(valueText) };
}

function parseExtras(text: string): Pick<StatsdParts, 'weight' | 'tags'> | undefined {
  let rate = 1;
  const tags: Record<string, string> = {};
  for (const part of text.split('|')) {
    if (part.startsWith('@')) rate = Number(part.slice(1));
    // Two containers that send one name stay two series.
    else if (part.startsWith('c:')) tags.container_id = part.slice(2);
    else if (part.startsWith('#'))
      for (const tag of part.slice(1).split(',')) {
        const colon = tag.indexOf(':');
        const key = colon === -1 ? tag : tag.slice(0, colon);
        const value = colon === -1 ? 'true' : tag.slice(colon + 1);
        // A tag twice has both values, in the order they came.
        if (tag !== '') tags[key] = tags[key] === undefined ? value : `${tags[key]},${value}`;
      }
  }
  return rate > 0 && rate <= 1 ? { weight: 1 / rate, tags } : undefined;
}
