/** Now: one immutable state a tick, which tray, window, browser and HTTP all draw. */
import { z } from 'zod';
import type { ActiveAlert } from './alerts/alert.ts';
import type { Gap } from './batch.ts';
import type { ExplainedNow } from './explanation/explanation.ts';
import type { Labels, MetricDescription, MetricInfo } from './metric.ts';
import type { Values } from './text/message.ts';
import type { NotificationKind } from './words/app-notifications.ts';
import type { HealthCode } from './words/health.ts';

type HealthStatus = 'healthy' | 'degraded' | 'unhealthy';

export interface HealthReason {
  readonly kind: HealthCode | 'alert';
  /** One English sentence. */
  readonly message: string;
  /** What it is about: the id of the alert or of the source. */
  readonly about?: string;
  /** Why, as the system or a library said it. */
  readonly detail?: string;
  /** How much it takes off the score, 0–1. */
  readonly cost: number;
}

export interface Health {
  readonly status: HealthStatus;
  /** 0 (nothing works) to 1 (all is well); null before the first tick. */
  readonly score: number | null;
  readonly reasons: readonly HealthReason[];
}

export type SourceState = 'ok' | 'no-data' | 'failed' | 'timed-out' | 'starting';

/**
 * Why there is no data, what failed, or why it is asked less often. Without a code it is what the system or a library
 * said.
 */
export interface SourceReason {
  readonly reason?: string;
  readonly reasonCode?: string;
  readonly reasonValues?: Values;
}

export interface SourceStatus extends SourceReason {
  readonly id: string;
  readonly title: string;
  readonly state: SourceState;
  /** Interval in force, ms; longer than planned when the source was slowed down. */
  readonly everyMs: number;
  readonly isSlowedDown: boolean;
  /** Last collection: when (ms since the epoch) and how long (ms). */
  readonly lastAt?: number;
  readonly lastMs?: number;
}

/** A local server of ours: where it listens, and what stood in its way. */
export interface PortInUse {
  readonly name: 'dashboard' | 'prometheus';
  readonly wanted: number;
  /** null when it could not listen at all. */
  readonly actual: number | null;
  /** The process that holds the wanted port, where the system tells. */
  readonly holder?: string;
  /** The wanted port is to be had again, after a restart. */
  readonly isFreeNow?: boolean;
}

/** Something the user should know that is not an alert: settings file set aside, store restored from a backup. */
export interface AppNotification {
  readonly kind: NotificationKind;
  readonly message: string;
  readonly next?: string;
  readonly values?: Values;
  readonly at: number;
}

/** What a process belongs to: a service of the system, or a container by its name or short id. */
export interface ProcessUnit {
  readonly kind: 'service' | 'container';
  readonly name: string;
}

export interface ProcessRow {
  readonly pid: number;
  /** The process that began it; null where not told. */
  readonly parent: number | null;
  /** As the system calls it. */
  readonly name: string;
  /** As a person calls it: the app, the script, the tool with its task. */
  readonly label: string;
  /** The nearest app or session above it that a person knows; null where there is none. */
  readonly startedBy: string | null;
  readonly unit?: ProcessUnit;
  readonly user?: string;
  /** 1 is one core; null until a first difference is known. */
  readonly cpuCores: number | null;
  readonly memoryBytes: number;
  /** Reads and writes together; null where not told. */
  readonly diskBytesPerSecond: number | null;
  /** ms since the epoch; null where not told. */
  readonly startedAt: number | null;
  readonly threads?: number;
}

/** The process table of one collection. */
export interface ProcessTable {
  readonly at: number;
  /** All processes on the machine. */
  readonly total: number;
  /** Processors that share the work: what 100 % is. */
  readonly cores: number;
  /** Those that use most of something, with the processes above them. */
  readonly rows: readonly ProcessRow[];
  /** Every process of the machine, added up by what a person calls it; the largest only. */
  readonly apps: readonly AppRow[];
}

/** All processes of one label together. */
export interface AppRow {
  readonly label: string;
  readonly processes: number;
  readonly cpuCores: number | null;
  readonly memoryBytes: number;
  readonly diskBytesPerSecond: number | null;
}

export interface LiveValue {
  readonly at: number;
  readonly value: number;
}

/** What the core publishes each tick. */
export interface LiveState {
  readonly sequence: number;
  /** Wall clock of the tick, ms since the epoch. */
  readonly at: number;
  readonly uptimeSeconds: number;
  readonly pausedUntil: number | null;
  readonly health: Health;
  /** Latest value by series key; stale ones are dropped after three of their intervals. */
  readonly values: ReadonlyMap<string, LiveValue>;
  readonly alerts: readonly ActiveAlert[];
  readonly sources: readonly SourceStatus[];
  readonly services: Readonly<Record<string, string>>;
  readonly ports: readonly PortInUse[];
  readonly notifications: readonly AppNotification[];
  /** Why it is slow, or that it is not. */
  readonly explanation: ExplainedNow;
}

/** Streamed to a renderer: everything of LiveState it asked for. Values travel as parallel arrays. */
export interface LiveFrame {
  readonly sequence: number;
  readonly at: number;
  readonly uptimeSeconds: number;
  readonly pausedUntil: number | null;
  /** Keys in the order of `values`; sent when it changed, else the last one holds. */
  readonly keys?: readonly string[];
  readonly values: readonly (number | null)[];
  /** The rest comes when it changed. */
  readonly health?: Health;
  readonly alerts?: readonly ActiveAlert[];
  readonly sources?: readonly SourceStatus[];
  readonly services?: Readonly<Record<string, string>>;
  readonly ports?: readonly PortInUse[];
  readonly notifications?: readonly AppNotification[];
  readonly explanation?: ExplainedNow;
  /** Gaps that ended with this tick. */
  readonly gaps?: readonly Gap[];
}

export interface SeriesInfo {
  readonly key: string;
  readonly metric: MetricDescription;
  readonly labels: Labels;
}
/** As it travels. */
export type SeriesWithInfo = Omit<SeriesInfo, 'metric'> & { readonly metric: MetricInfo };

export const liveWatchSchema = z.object({
  /** Metric names or series keys; an unknown one simply has no values (yet). */
  select: z.array(z.string().min(1).max(500)).max(500).default([]),
});
export const liveRecentSchema = z.object({
  select: z.array(z.string().min(1).max(500)).min(1).max(200),
  /** How far back, seconds; the core keeps the last six minutes in memory. */
  seconds: z.number().int().min(1).max(360).default(300),
});

/** The last minutes from memory: one column a tick, null where a series had nothing. */
export interface RecentAnswer {
  readonly at: readonly number[];
  readonly series: readonly { readonly key: string; readonly values: readonly (number | null)[] }[];
  readonly gaps: readonly Gap[];
}
