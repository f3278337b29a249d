/** A source as the scheduler keeps it: when it runs, how it has done, and how that is shown. */
import type { SourceReason, SourceState, SourceStatus } from '../contract/live.ts';
import { say } from '../contract/text/message.ts';
import { reasonFrom, samplingReasons } from './sampling-reasons.ts';
import { type Behaviour, type Intervals, normalIntervals, wellBehaved } from './slow-down.ts';
import type { Source } from './source.ts';

export interface SourceEntry {
  readonly source: Source;
  /** Monotonic ms of the tick at which it runs next. */
  dueAt: number;
  /** From here on it keeps its own place among the sources of its interval. */
  lineAt: number;
  isRunning: boolean;
  /** The running collection was told to stop and has not let go. */
  isOverdue: boolean;
  /** Number of the latest collection. */
  run: number;
  isRemoved: boolean;
  state: SourceState;
  why: SourceReason;
  lastAt: number | undefined;
  lastMs: number | undefined;
  lastGoodAt: number | undefined;
  hasFailedSince: boolean;
  /** Its first collection may be cold: compiling, loading, opening. */
  isWarm: boolean;
  busyMs: number;
  errors: number;
  behaviour: Behaviour;
  /** Ticks until its own metrics are told again though nothing changed. */
  ticksToReport: number;
  hasNews: boolean;
}

/** @param dueAt, lineAt monotonic ms: its first run, and its own place among the sources of its interval */
export const newEntry = (source: Source, dueAt: number, lineAt: number): SourceEntry => ({
  source,
  dueAt,
  lineAt,
  isRunning: false,
  isOverdue: false,
  run: 0,
  isRemoved: false,
  state: 'starting',
  why: {},
  lastAt: undefined,
  lastMs: undefined,
  lastGoodAt: undefined,
  hasFailedSince: false,
  isWarm: false,
  busyMs: 0,
  errors: 0,
  behaviour: wellBehaved,
  ticksToReport: 0,
  hasNews: false,
});

const tookTooLong: SourceReason = reasonFrom(say(samplingReasons['took-too-long']));

export function statusOf(entry: SourceEntry, everyMs: number, intervals: Intervals): SourceStatus {
  const { source, state, behaviour, lastAt, lastMs } = entry;
  const isSlowedDown = behaviour.steps > 0;
  const isLengthened = intervals[source.interval] > normalIntervals[source.interval];
  const why =
    entry.why.reason !== undefined ? entry.why : isSlowedDown ? tookTooLong : isLengthened ? intervals.why : undefined;
  return {
    id: source.id,
    title: source.title.en,
    state,
    everyMs,
    isSlowedDown,
    ...why,
    ...(lastAt !== undefined && { lastAt }),
    ...(lastMs !== undefined && { lastMs }),
  };
}
