/**
 * When a value was beyond what is fine: the last stretch of a line in which nearly every second was, short dips
 * forgiven. One bad second is not "slow"; what ended long before the recording's end is not "now".
 */
import type { Line, Recording } from './recording.ts';

export interface Stretch {
  /** Indexes of seconds: [from, until). */
  readonly from: number;
  readonly until: number;
  /** Mean of the values in it. */
  readonly mean: number;
  /** How long, seconds of the clock. */
  readonly seconds: number;
  /** It reaches the end of the recording. */
  readonly isOpen: boolean;
}

export interface StretchOptions {
  /** Shorter ones are a hiccup. */
  readonly minSeconds: number;
  /** A dip of so many seconds does not end it. */
  readonly dipSeconds?: number;
}

const defaultDipSeconds = 5;
/** Spikes with dips between them are no stretch. */
const mostly = 0.7;

/** The longest stretch; of two about as long, the later one. Undefined where none is long enough. */
export function findStretch(
  recording: Recording,
  values: readonly (number | undefined)[],
  isBeyond: (value: number) => boolean,
  { minSeconds, dipSeconds = defaultDipSeconds }: StretchOptions,
): Stretch | undefined {
  let best: Stretch | undefined;
  let from: number | undefined;
  let last = 0;
  const close = (): void => {
    if (from === undefined) return;
    const stretch = stretchOf(recording, values, from, last + 1);
    const isMostly = shareBeyond(values.slice(stretch.from, stretch.until), isBeyond) >= mostly;
    if (isMostly && stretch.seconds >= minSeconds && (best === undefined || stretch.seconds >= best.seconds * 0.7))
      best = stretch;
    from = undefined;
  };
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue;
    if (isBeyond(value)) {
      from ??= index;
      last = index;
    } else if (from !== undefined && secondsBetween(recording, last, index) > dipSeconds) close();
  }
  close();
  return best;
}

function shareBeyond(values: readonly (number | undefined)[], isBeyond: (value: number) => boolean): number {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? 0 : known.filter(isBeyond).length / known.length;
}

/** Mean over a stretch of another line; undefined where it had no value in it. */
export function meanWithin(values: readonly (number | undefined)[], { from, until }: Pick<Stretch, 'from' | 'until'>) {
  return meanOf(values.slice(from, until));
}

/** The median of what a line was outside of a stretch, before it where there is enough of that. */
export function usualOutside(
  values: readonly (number | undefined)[],
  { from, until }: Pick<Stretch, 'from' | 'until'>,
): number | undefined {
  const known = (part: readonly (number | undefined)[]): number[] => part.filter((one) => one !== undefined);
  const before = known(values.slice(0, from));
  const all = before.length >= 5 ? before : [...before, ...known(values.slice(until))];
  if (all.length < 3) return undefined;
  const sorted = all.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Sum of several lines, second by second; undefined where none had a value. */
export function sumOf(lines: readonly Line[], length: number): (number | undefined)[] {
  return Array.from({ length }, (_, index) => {
    let sum: number | undefined;
    for (const { values } of lines) {
      const value = values[index];
      if (value !== undefined) sum = (sum ?? 0) + value;
    }
    return sum;
  });
}

/** How much a counter grew within a stretch, per second; a restart at zero counts from there. */
export function growthWithin(line: Line, { from, until, seconds }: Stretch): number {
  let growth = 0;
  let before: number | undefined;
  for (const value of line.values.slice(Math.max(0, from - 1), until)) {
    if (value === undefined) continue;
    if (before !== undefined) growth += value >= before ? value - before : value;
    before = value;
  }
  return seconds > 0 ? growth / seconds : 0;
}

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((one) => one !== undefined && Number.isFinite(one)) as number[];
  return known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0) / known.length;
}

function stretchOf(
  recording: Recording,
  values: readonly (number | undefined)[],
  from: number,
  until: number,
): Stretch {
  return {
    from,
    until,
    mean: meanOf(values.slice(from, until)) ?? Number.NaN,
    seconds: secondsBetween(recording, from, until - 1) + stepSeconds(recording),
    isOpen:
      secondsBetween(recording, until - 1, recording.length - 1) <= Math.max(defaultDipSeconds, stepSeconds(recording)),
  };
}

const secondsBetween = (recording: Recording, a: number, b: number): number =>
  ((recording[b]?.at ?? 0) - (recording[a]?.at ?? 0)) / 1_000;

/** The usual distance of two looks. */
function stepSeconds(recording: Recording): number {
  const first = recording[0];
  const last = recording.at(-1);
  if (first === undefined || last === undefined || recording.length < 2) return 1;
  return (last.at - first.at) / 1_000 / (recording.length - 1);
}
