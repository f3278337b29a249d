/** Which series are worth watching, how they are read, and how far off is worth a word. Pure. */
import { unitOfName } from '../../contract/metric.ts';

/** What the monitor says of itself, what is true or not, and what only ever goes one way. */
const unwatched =
  /^(monitor|store|source|ticks|anomaly|forecast|capacity|alerts?|uptime|process_changes)(_|$)|_(up|ok|info|bucket|timestamp_seconds|uptime_seconds)$/;
/** One series a program, a thread or a request type comes and goes. */
const unwatchedLabels = ['program', 'pid', 'le', 'problem'];

export const isWorthWatching = (metric: string, labels: Readonly<Record<string, string>>): boolean =>
  !unwatched.test(metric) && !unwatchedLabels.some((label) => label in labels);

/** A counter is watched by its growth a second. `facts_total` is a figure that dashboards know under this name. */
export const isCounter = (metric: string): boolean => metric.endsWith('_total') && metric !== 'facts_total';

const leastEffects: Readonly<Record<string, number>> = {
  percent: 5,
  ratio: 0.05,
  celsius: 4,
  bytes: 16 * 1024 ** 2,
  bytes_per_second: 128 * 1024,
  seconds: 0.01,
  count: 2,
};

/** A distance from the usual below this is nobody's concern, however rare: near-constant series are full of such. */
export const leastEffect = (metric: string, expected: number): number =>
  Math.max((isCounter(metric) ? 0.5 : leastEffects[unitOfName(metric)]) ?? 0, 0.1 * Math.abs(expected));

/** Two series of one family say the same thing twice. */
export const familyOf = (metric: string): string => metric.replace(/^system_/, '').split('_')[0] as string;
