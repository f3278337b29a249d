/** The stretch of time that is looked at: a name for one that ends now, or two times. Pure; it lives in the address. */
import { dayMs, hourMs } from '@contract/shared/durations.ts';

export const presets = { '1h': hourMs, '24h': dayMs, '7d': 7 * dayMs, '30d': 30 * dayMs } as const;
type Preset = keyof typeof presets;

export interface TimeRange {
  readonly from: number;
  readonly until: number;
}

const isPreset = (text: string): text is Preset => text in presets;

const leastSpanMs = 60_000;

/** @param now rounded, so that the same address asks the same question for a while */
export function rangeOf(text: string, now: number): TimeRange {
  if (isPreset(text)) return { from: now - presets[text], until: now };
  const [from, until] = text.split('-').map(Number);
  if (from === undefined || until === undefined || !(from < until)) return rangeOf('24h', now);
  return { from, until };
}

export const textOf = ({ from, until }: TimeRange): string => `${Math.round(from)}-${Math.round(until)}`;

/** Moved by a part of its span; never into the future. */
export function panned({ from, until }: TimeRange, part: number, now: number): TimeRange {
  const by = Math.min((until - from) * part, now - until);
  return { from: from + by, until: until + by };
}

/** Around its middle; `factor` below one looks closer. */
export function zoomed({ from, until }: TimeRange, factor: number, now: number): TimeRange {
  const middle = (from + until) / 2;
  const half = Math.max(leastSpanMs, (until - from) * factor) / 2;
  const end = Math.min(now, middle + half);
  return { from: end - 2 * half, until: end };
}

/** A length that tells the presets' roundness: questions about the last days need no new answer every second. */
export const roundedNow = (now: number, text: string): number => {
  const every = text === '30d' ? 300_000 : text === '7d' ? 60_000 : 10_000;
  return Math.ceil(now / every) * every;
};
