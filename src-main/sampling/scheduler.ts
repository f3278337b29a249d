/**
 * Runs every source on its interval and hands on one Batch a tick. A source never overlaps itself but to replace a
 * collection that is over its deadline, whose samples are dropped; it never delays the tick and never takes another
 * down; what comes in between two ticks joins the batch of the next.
 */
import type { Batch, Gap, Sample } from '../contract/batch.ts';
import type { SourceStatus } from '../contract/live.ts';
import type { MetricDescription } from '../contract/metric.ts';
import type { Clock } from '../platform/clock.ts';
import { type Collection, runSource } from './run-source.ts';
import {
  selfMetrics,
  sourceBusy,
  sourceDuration,
  sourceErrors,
  sourceUp,
  tickLateness,
  ticks,
  ticksLate,
  ticksMissed,
} from './self-metrics.ts';
import { SeriesRegistry } from './series-registry.ts';
import { budgetMs, type Intervals, judge, normalIntervals, stretched } from './slow-down.ts';
import type { Source } from './source.ts';
import { newEntry, type SourceEntry, statusOf } from './source-entry.ts';
import { startTick, type Tick, type TickStatistics, type TickTimer } from './tick.ts';

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly sources?: readonly Source[];
  /** An error of `onBatch`, which is a bug; ticking goes on. */
  readonly onError?: (error: unknown) => void;
  readonly registry?: SeriesRegistry;
  readonly intervals?: Intervals;
  /** `os.uptime`; see `TickOptions`. */
  readonly uptimeSeconds?: () => number;
}

export interface Scheduler {
  /**
   * Begins to tick; once.
   * @param onBatch called once a tick, synchronously, also when nothing was sampled
   * @param after time of the last batch that is stored; the first one comes after it
   */
  start(onBatch: (batch: Batch) => void, after?: number): void;
  statuses(): readonly SourceStatus[];
  sources(): readonly Source[];
  /** Every metric that can come, of sources in the order they were added. */
  metrics(): readonly MetricDescription[];
  /** The source runs from the next tick on. Its id must be new. */
  add(source: Source): void;
  /** Resolves when the source is closed. */
  remove(id: string): Promise<void>;
  /** Collects as soon as the tick allows, whatever the interval. */
  runSoon(id: string): void;
  setIntervals(intervals: Intervals): void;
  pause(): void;
  resume(): void;
  tickStatistics(): TickStatistics;
  /** Stops ticking and closes every source. */
  close(): Promise<void>;
}

/** A quarter of a second of tolerance, so that jitter of the tick never skips an interval. */
const slackMs = 250;
const reportEveryTicks = 10;
const forgetEveryTicks = 600;

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { clock, onError } = options;
  const registry = options.registry ?? new SeriesRegistry();
  const entries = new Map<string, SourceEntry>();
  let intervals = options.intervals ?? normalIntervals;
  let samples: Sample[] = [];
  let gaps: Gap[] = [];
  let tickCount = 0;
  let onBatch: (batch: Batch) => void = () => {};
  let timer: TickTimer = notTicking;

  const everyMs = (entry: SourceEntry): number => stretched(intervals[entry.source.interval], entry.behaviour);

  function add(source: Source): void {
    if (entries.has(source.id)) throw new Error(`There is already a source called ${source.id}`);
    // Each has its first value within seconds; from then on slow sources run a tick apart, so that they never add up.
    const place = [...entries.values()].filter((entry) => entry.source.interval === source.interval).length;
    const now = clock.monotonic();
    const firstMs = source.interval === 'fast' ? 0 : 1_000 + (place % 3) * 1_000;
    const lineMs = source.interval === 'fast' ? 0 : 1_000 + ((place * 1_000) % intervals[source.interval]);
    entries.set(source.id, newEntry(source, now + firstMs, now + lineMs));
  }

  function onTick(tick: Tick): void {
    if (tick.gap !== undefined) gaps.push(tick.gap);
    for (const entry of entries.values()) {
      entry.ticksToReport -= 1;
      if (tick.monotonic + slackMs < entry.dueAt) continue;
      // The interval is kept by adding to the due time; after a silence it starts anew.
      const next = entry.lineAt > entry.dueAt ? entry.lineAt : entry.dueAt + everyMs(entry);
      entry.dueAt = next > tick.monotonic ? next : tick.monotonic + everyMs(entry);
      // Over its deadline and still not settled: it is left behind, and the next collection starts.
      if (entry.isRunning && !entry.isOverdue) entry.hasNews = true;
      else run(entry, tick.at);
    }
    for (const entry of entries.values()) if (entry.hasNews) report(entry);
    reportTick(tick);
    const batch: Batch = { at: tick.at, samples, gaps };
    samples = [];
    gaps = [];
    try {
      onBatch(batch);
    } catch (error) {
      onError?.(error);
    }
  }

  function run(entry: SourceEntry, at: number): void {
    const collection = runSource(entry.source, registry, clock, at);
    if (!(collection instanceof Promise)) {
      take(entry, collection, at);
      return;
    }
    entry.run += 1;
    const run = entry.run;
    entry.isRunning = true;
    entry.isOverdue = false;
    void collection.then(async (result) => {
      take(entry, result, at);
      if (result.settled !== undefined) {
        if (entry.run === run) entry.isOverdue = true;
        await result.settled;
      }
      if (entry.run === run) entry.isRunning = false;
    });
  }

  function take(entry: SourceEntry, result: Collection, at: number): void {
    if (entry.isRemoved) return;
    for (const sample of result.samples) samples.push(sample);
    const { state } = result;
    const isGood = state === 'ok' || state === 'no-data';
    const hasChanged = state !== entry.state;
    if (isGood && entry.hasFailedSince && entry.lastGoodAt !== undefined) {
      const from = entry.lastGoodAt + everyMs(entry);
      if (at > from) gaps.push({ from, until: at, cause: 'source-failed', source: entry.source.id });
    }
    entry.hasFailedSince = !isGood;
    if (isGood) entry.lastGoodAt = at;
    else entry.errors += 1;
    entry.state = state;
    const { reason, reasonCode, reasonValues } = result;
    entry.why = {
      ...(reason !== undefined && { reason }),
      ...(reasonCode !== undefined && { reasonCode }),
      ...(reasonValues !== undefined && { reasonValues }),
    };
    entry.lastAt = at;
    entry.lastMs = result.durationMs;
    entry.busyMs += result.busyMs;
    if (entry.isWarm || state === 'timed-out') {
      const isOver = state === 'timed-out' || result.busyMs > budgetMs(intervals[entry.source.interval]);
      const before = entry.behaviour.steps;
      entry.behaviour = judge(entry.behaviour, isOver);
      if (entry.behaviour.steps !== before) entry.dueAt = clock.monotonic() + everyMs(entry);
    }
    entry.isWarm = true;
    if (hasChanged || entry.ticksToReport <= 0) entry.hasNews = true;
  }

  function report(entry: SourceEntry): void {
    entry.ticksToReport = reportEveryTicks;
    entry.hasNews = false;
    const labels = { source: entry.source.id };
    const isUp = entry.state === 'ok' || entry.state === 'no-data';
    if (entry.state !== 'starting') push(sourceUp, isUp ? 1 : 0, labels);
    if (entry.lastMs !== undefined) push(sourceDuration, Math.round(entry.lastMs * 10) / 10_000, labels);
    push(sourceBusy, Math.round(entry.busyMs) / 1_000, labels);
    push(sourceErrors, entry.errors, labels);
  }

  function reportTick(tick: Tick): void {
    tickCount += 1;
    push(tickLateness, Math.round(tick.lateMs) / 1_000);
    if (tickCount % forgetEveryTicks === 0) registry.forgetUnused();
    if (tickCount % reportEveryTicks !== 1 && tick.gap === undefined) return;
    const statistics = timer.statistics();
    push(ticks, statistics.ticks);
    push(ticksLate, statistics.late);
    push(ticksMissed, statistics.missed);
  }

  function push(metric: MetricDescription, value: number, labels?: { readonly source: string }): void {
    samples.push({ series: registry.intern(metric, labels), value });
  }

  for (const source of options.sources ?? []) add(source);

  return {
    start(handle, after) {
      onBatch = handle;
      timer = startTick(clock, onTick, {
        ...(options.uptimeSeconds && { uptimeSeconds: options.uptimeSeconds }),
        ...(after !== undefined && { after }),
      });
    },
    statuses: () => [...entries.values()].map((entry) => statusOf(entry, everyMs(entry), intervals)),
    sources: () => [...entries.values()].map(({ source }) => source),
    metrics() {
      const byName = new Map<string, MetricDescription>();
      for (const metric of selfMetrics) byName.set(metric.name, metric);
      for (const { source } of entries.values()) for (const metric of source.metrics) byName.set(metric.name, metric);
      return [...byName.values()];
    },
    add,
    async remove(id) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      entry.isRemoved = true;
      entries.delete(id);
      await entry.source.close?.();
    },
    runSoon(id) {
      const entry = entries.get(id);
      if (entry !== undefined) entry.dueAt = clock.monotonic();
    },
    setIntervals(next) {
      intervals = next;
      for (const entry of entries.values()) entry.dueAt = Math.min(entry.dueAt, clock.monotonic() + everyMs(entry));
    },
    pause: () => timer.pause(),
    resume: () => timer.resume(),
    tickStatistics: () => timer.statistics(),
    async close() {
      timer[Symbol.dispose]();
      const closing = [...entries.values()];
      for (const entry of closing) entry.isRemoved = true;
      await Promise.allSettled(closing.map(async (entry) => entry.source.close?.()));
    },
  };
}

/** Before the start there is nothing to hold up. */
const notTicking: TickTimer = {
  pause: () => {},
  resume: () => {},
  statistics: () => ({ ticks: 0, late: 0, missed: 0, lastLateMs: 0 }),
  [Symbol.dispose]: () => {},
};
