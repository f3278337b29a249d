/**
 * A kind of thing that a user can add: what it tells and how one of it is looked at. Implementers: one file, one line
 * in `index.ts`.
 */

import type { MetricDescription } from '../contract/metric.ts';
import type { DatabaseProfile } from '../contract/profile.ts';
import type { TargetKind, TargetSettings } from '../contract/settings/targets.ts';
import type { TargetFinding } from '../contract/targets.ts';
import type { Values } from '../contract/text/message.ts';
import type { TargetCode } from '../contract/words/targets.ts';
import type { Clock } from '../platform/clock.ts';
import type { CollectContext, Interval, SampleSink } from '../sampling/source.ts';
import type { DatabaseErrors } from './database-errors.ts';
import type { ProbeThread } from './probe-thread.ts';
import type { TargetMemory } from './target-memory.ts';

export interface ProcessSummary {
  readonly count: number;
  /** Cores in use. */
  readonly cpu: number | null;
  readonly memoryBytes: number;
}

export interface TargetDeps {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** Where work runs that may block or never end. */
  readonly probes: ProbeThread;
  /** A process in place of the thread, for SQL that this program did not write: a query may have no end. */
  readonly foreignSql: ProbeThread;
  readonly memory: TargetMemory;
  readonly databaseErrors: DatabaseErrors;
  /** Built in, and described by the user. */
  readonly profiles: () => readonly DatabaseProfile[];
  /** A target's secret by the name of its field; undefined where none was given. */
  readonly secret: (targetId: string, name: string) => Promise<string | undefined>;
  /** Processes of a name in the last process table; undefined before the first. */
  readonly processesNamed: (name: string, command?: string) => ProcessSummary | undefined;
  /**
   * Another file stands where a database was at the look before: replaced by someone else than this monitor's doctor.
   */
  readonly onFileReplaced?: (path: string) => void;
}

/** One target while it is watched. */
export interface Probe {
  /** Looks once; expected trouble is a finding. What it throws counts as "could not be found out". */
  look(sink: SampleSink, context: CollectContext): Promise<TargetFinding>;
  close?(): void | Promise<void>;
}

export type SettingsOf<K extends TargetKind> = Extract<TargetSettings, { readonly kind: K }>;

export interface TargetType<K extends TargetKind = TargetKind> {
  readonly kind: K;
  /** Besides the metrics that every target has; labels begin with `target`. */
  readonly metrics: readonly MetricDescription[];
  readonly interval: (settings: SettingsOf<K>) => Interval;
  /** Longer than what the probe allows itself, so that it can say what took long. */
  readonly timeoutMs: (settings: SettingsOf<K>) => number;
  /** @param isMain the first enabled target with the knowledge base's profile, which also tells CONTRACT's names */
  open(settings: SettingsOf<K>, deps: TargetDeps, isMain: boolean): Probe;
  /** Metrics that only appear while it runs. */
  dynamicMetrics?(probe: Probe): readonly MetricDescription[];
}

export const finding = (
  state: TargetFinding['state'],
  kind: TargetCode,
  message: string,
  facts: TargetFinding['facts'] = [],
  values?: Values,
): TargetFinding => ({ state, kind, message, facts, ...(values !== undefined && { values }) });
