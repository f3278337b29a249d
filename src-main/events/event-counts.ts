/**
 * Counts accepted events and tells the metrics that follow from them. An event is folded in as it arrives: nothing
 * queues, nothing is lost.
 */
import type { ApplicationEvent as AnyEvent, LlmEvent } from '../contract/events.ts';
import type { SampleSink } from '../sampling/source.ts';
import * as m from './event-metrics.ts';
import { SlidingWindow } from './sliding-window.ts';

const minuteMs = 60_000;
const fiveMinutesMs = 300_000;
/** Query types come from outside: from this many on they are counted as "other". */
const maxTypes = 50;
/** Sums are told to the microsecond; digits behind it are noise of adding. */
const toMicroseconds = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;

/** Calls of models have a ledger of their own. */
type ApplicationEvent = Exclude<AnyEvent, LlmEvent>;

export class EventCounts {
  readonly #queries = new SlidingWindow(fiveMinutesMs);
  /** Look-ups; a miss counts as "failed". */
  readonly #lookUps = new SlidingWindow(fiveMinutesMs);
  readonly #cacheTimes = new SlidingWindow(minuteMs);
  readonly #byType = new Map<string, { count: number; seconds: number }>();
  readonly #buckets = new Float64Array(m.durationBuckets.length + 1);
  #queryCount = 0;
  #failed = 0;
  #seconds = 0;
  #hits = 0;
  #misses = 0;
  #savedCost = 0;

  add(event: ApplicationEvent, monotonic: number): void {
    if (event.type === 'query') {
      this.#queryCount += 1;
      if (!event.success) this.#failed += 1;
      this.#seconds += event.duration;
      this.#queries.add(event.duration, !event.success, monotonic);
      const ofType = this.#typeOf(event.query_type);
      ofType.count += 1;
      ofType.seconds += event.duration;
      const found = m.durationBuckets.findIndex((limit) => event.duration <= limit);
      const bucket = found === -1 ? m.durationBuckets.length : found;
      this.#buckets[bucket] = (this.#buckets[bucket] as number) + 1;
      return;
    }
    if (event.hit) {
      this.#hits += 1;
      this.#savedCost += event.cost ?? 0;
    } else this.#misses += 1;
    this.#lookUps.add(0, !event.hit, monotonic);
    if (event.response_time !== undefined) this.#cacheTimes.add(event.response_time, false, monotonic);
  }

  /** Counters that nothing changed are told too: 0 queries is a fact, while an average of none is not. */
  emit(sink: SampleSink, monotonic: number): void {
    sink.sample(m.queries, this.#queryCount);
    sink.sample(m.queriesFailed, this.#failed);
    sink.sample(m.cacheHits, this.#hits);
    sink.sample(m.cacheMisses, this.#misses);
    if (this.#queryCount > 0) this.#emitQueries(sink, monotonic);
    if (this.#hits + this.#misses > 0) this.#emitCache(sink, monotonic);
  }

  #emitQueries(sink: SampleSink, monotonic: number): void {
    const minute = this.#queries.figures(minuteMs, monotonic);
    if (minute.count > 0) {
      sink.sample(m.queryTime, toMicroseconds(minute.sum / minute.count));
      sink.sample(m.errorRatio, Math.round((minute.failed / minute.count) * 1e5) / 1e5);
      sink.sample(m.successRatio, Math.round((1 - minute.failed / minute.count) * 1e5) / 1e5);
    }
    sink.sample(m.throughput, Math.round((minute.count / 60) * 100) / 100);
    const quantiles = this.#queries.quantiles([0.5, 0.95, 0.99], fiveMinutesMs, monotonic);
    for (const [index, metric] of [m.queryTimeP50, m.queryTimeP95, m.queryTimeP99].entries()) {
      const value = quantiles?.[index];
      if (value !== undefined) sink.sample(metric, Number(value.toPrecision(3)));
    }
    for (const [query_type, { count, seconds }] of this.#byType) {
      sink.sample(m.queriesOfType, count, { query_type });
      sink.sample(m.queryTimeOfType, toMicroseconds(seconds), { query_type });
    }
    let below = 0;
    for (const [index, count] of this.#buckets.entries()) {
      below += count;
      sink.sample(m.durationBucket, below, { le: String(m.durationBuckets[index] ?? '+Inf') });
    }
    sink.sample(m.durationSum, toMicroseconds(this.#seconds));
    sink.sample(m.durationCount, this.#queryCount);
  }

  #emitCache(sink: SampleSink, monotonic: number): void {
    const recent = this.#lookUps.figures(fiveMinutesMs, monotonic);
    if (recent.count > 0) sink.sample(m.cacheHitRatio, Math.round((1 - recent.failed / recent.count) * 1e5) / 1e5);
    sink.sample(m.cacheHitRatioSinceStart, Math.round((this.#hits / (this.#hits + this.#misses)) * 1e5) / 1e5);
    const times = this.#cacheTimes.figures(minuteMs, monotonic);
    if (times.count > 0) sink.sample(m.cacheResponseTime, toMicroseconds(times.sum / times.count));
    sink.sample(m.cacheSavedCost, toMicroseconds(this.#savedCost));
  }

  #typeOf(name: string): { count: number; seconds: number } {
    const known = this.#byType.get(name);
    if (known !== undefined) return known;
    if (this.#byType.size >= maxTypes && name !== 'other') return this.#typeOf('other');
    const fresh = { count: 0, seconds: 0 };
    this.#byType.set(name, fresh);
    return fresh;
  }
}
