/** One line of StatsD, with DogStatsD's tags: `name:value|type|@rate|#tag:value,…`. Pure. */

export type StatsdType = 'counter' | 'gauge' | 'timer';

export interface StatsdSample {
  readonly name: string;
  readonly type: StatsdType;
  /** Counters are already multiplied up by their sample rate; timers are seconds. */
  readonly value: number;
  /** How many events it stands for; more than one where the sender sampled. */
  readonly weight: number;
  /** `+5` and `-5` change a gauge instead of setting it. */
  readonly isRelative: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** `ms` is milliseconds; `h` and `d` are the same for other senders. Sets need every value kept and are not taken. */
const types: Readonly<Record<string, StatsdType>> = { c: 'counter', g: 'gauge', ms: 'timer', h: 'timer', d: 'timer' };

/** @returns undefined where the line makes no sense */
export function parseStatsdLine(line: string): StatsdSample | undefined {
  const match = /^([^:|@#\s][^:|@#]{0,199}):([+-]?[\d.eE+-]+)\|([a-z]{1,2})((?:\|[^|]*)*)$/.exec(line.trim());
  if (match === null) return undefined;
  const [, name, valueText, typeText, rest] = match as unknown as [string, string, string, string, string];
  const type = types[typeText];
  const number = Number(valueText);
  if (type === undefined || !Number.isFinite(number)) return undefined;
  let rate = 1;
  const tags: Record<string, string> = {};
  for (const part of rest.split('|')) {
    if (part.startsWith('@')) rate = Number(part.slice(1));
    else if (part.startsWith('#'))
      for (const tag of part.slice(1).split(',')) {
        const colon = tag.indexOf(':');
        if (tag !== '') tags[colon === -1 ? tag : tag.slice(0, colon)] = colon === -1 ? 'true' : tag.slice(colon + 1);
      }
  }
  if (!(rate > 0 && rate <= 1)) return undefined;
  // A counter that shrinks and time that runs backwards are lies.
  if (type !== 'gauge' && number < 0) return undefined;
  const weight = 1 / rate;
  const value = type === 'counter' ? number * weight : type === 'timer' ? number / 1_000 : number;
  return { name, type, value, weight, isRelative: type === 'gauge' && /^[+-]/.test(valueText), tags };
}
