/**
 * What an explanation is made from: seconds with their values and, where known, the processes of that moment. Pure
 * data; the live window, the history and a recorded file all become one of these.
 */
import { metricOfKey, parseSeriesKey } from '../contract/metric.ts';
import type { ProcessIdentity } from './who/identify-process.ts';

export interface ObservedProcess {
  readonly pid: number;
  readonly parent: number | null;
  /** As the system calls it; cut by some systems. */
  readonly name: string;
  /** Used to say what a person calls it, never kept; null where not known. */
  readonly command: string | null;
  /** What it is, where that was made out before and the command line is no longer there. */
  readonly identity?: ProcessIdentity;
  /** Where this stands for all processes of one name, whose numbers are not known: how many they were. */
  readonly instances?: number;
  /** 1 is one core; null until a first difference is known. */
  readonly cpuCores: number | null;
  readonly memoryBytes: number | null;
  readonly diskBytesPerSecond: number | null;
}

export interface Second {
  /** ms since the epoch */
  readonly at: number;
  /** By series key, without the `hakgal_` prefix; what is not known is not in it. */
  readonly values: ReadonlyMap<string, number>;
  /** Undefined where no table was taken; the one before holds until the next. */
  readonly processes: readonly ObservedProcess[] | undefined;
}

/** Oldest first. */
export type Recording = readonly Second[];

/** One series of a recording: a value a second, undefined where it had none. */
export interface Line {
  readonly key: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly (number | undefined)[];
}

/** The series of a recording by metric name. */
export interface Lines {
  of(metric: string): readonly Line[];
  /** The only line of a metric without labels, or of one that has them, the one with these. */
  one(metric: string, labels?: Readonly<Record<string, string>>): Line | undefined;
}

/** By what gives the lines of a metric; they are made when they are first asked for, and kept. */
export function linesOf(make: (metric: string) => readonly Line[]): Lines {
  const made = new Map<string, readonly Line[]>();
  function of(metric: string): readonly Line[] {
    const lines = made.get(metric) ?? make(metric);
    made.set(metric, lines);
    return lines;
  }
  return {
    of,
    one: (metric, labels = {}) =>
      of(metric).find((line) => Object.entries(labels).every(([name, value]) => line.labels[name] === value)),
  };
}

/** From the values of each second. */
export function recordedLines(recording: Recording): Lines {
  const keysOf = new Map<string, Set<string>>();
  for (const { values } of recording)
    for (const key of values.keys()) {
      const name = metricOfKey(key);
      const keys = keysOf.get(name) ?? new Set<string>();
      keys.add(key);
      keysOf.set(name, keys);
    }
  return linesOf((metric) =>
    [...(keysOf.get(metric) ?? [])].map((key) => ({
      key,
      labels: parseSeriesKey(key)?.labels ?? {},
      values: recording.map(({ values }) => values.get(key)),
    })),
  );
}
