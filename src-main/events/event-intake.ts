/**
 * The door for what applications report. Each valid event is counted exactly once, at once: there is no queue that
 * could be lost. What bounds the cost is an allowance of events a second; a request beyond it is refused as a whole
 * ("come later") before any of its events counts, so a client may simply send it again.
 */

import { addExactly } from '../contract/cost/cells.ts';
import type { Usage, UsageSink } from '../contract/cost/usage.ts';
import {
  type ApplicationEvent,
  type EventsAnswer,
  eventSchema,
  type LlmEvent,
  maxEventsPerRequest,
} from '../contract/events.ts';
import type { Clock } from '../platform/clock.ts';
import type { Source } from '../sampling/source.ts';
import { usageOfEvent } from './cost/usage-of-event.ts';
import { EventCounts } from './event-counts.ts';
import { eventMetrics, eventsAccepted, eventsRejected, eventsRepeated, requestsRefused } from './event-metrics.ts';
import { type OtlpAnswer, OtlpReceiver } from './otlp-receiver.ts';
import { hash53, SeenIds } from './seen-ids.ts';

export interface EventIntakeOptions {
  readonly clock: Clock;
  /** Events a second that are taken on average; bursts may hold two seconds' worth. */
  readonly eventsPerSecond?: () => number;
  /** Series that OpenTelemetry may bring at most. */
  readonly maxOtlpSeries?: number;
  /** Where calls of models are counted; without it they are refused. */
  readonly usage?: UsageSink;
}

/** How HTTP answers: `taken` 202, `too-many` 429 with Retry-After, `too-large` 413. */
export type Acceptance =
  /** `stored`: calls of models are in the file, or wait because it can't be written; absent where there were none. */
  | { readonly kind: 'taken'; readonly answer: EventsAnswer; readonly stored?: Promise<void> }
  | { readonly kind: 'too-many'; readonly retryAfterSeconds: number }
  | { readonly kind: 'too-large'; readonly most: number };

export interface EventIntake {
  /** One event or an array of them, as parsed from JSON. */
  accept(body: unknown): Acceptance;
  /**
   * An OTLP/HTTP export of metrics (POST /v1/metrics), body already unzipped.
   * @param contentType `application/json` or `application/x-protobuf`
   */
  acceptOtlp(contentType: string, body: Buffer): Promise<OtlpAnswer>;
  /** An OTLP/HTTP export of traces (POST /v1/traces): only the usage that spans of models tell. */
  acceptTraces(contentType: string, body: Buffer): Promise<OtlpAnswer>;
  /** Ids of calls that a run before has counted, and where its counters stood. */
  remember(before: { readonly ids: readonly number[]; readonly states: ReadonlyMap<string, unknown> }): void;
  /** Everything that events and OpenTelemetry tell, for the scheduler. */
  readonly sources: readonly Source[];
}

const defaultEventsPerSecond = 100_000;
const burstSeconds = 2;
/** Reasons told one by one in an answer; the rest is counted in the last of them. */
const maxReasons = 1_000;

export function createEventIntake(options: EventIntakeOptions): EventIntake {
  const { clock, eventsPerSecond = () => defaultEventsPerSecond } = options;
  const counts = new EventCounts();
  const seen = new SeenIds();
  const otlp = new OtlpReceiver(clock, options.maxOtlpSeries ?? 1_000, options.usage);
  let allowance = eventsPerSecond() * burstSeconds;
  let filledAt = clock.monotonic();
  let accepted = 0;
  let rejected = 0;
  let repeated = 0;
  let refused = 0;

  function take(count: number): number {
    const now = clock.monotonic();
    const rate = eventsPerSecond();
    allowance = Math.min(rate * burstSeconds, allowance + ((now - filledAt) / 1_000) * rate);
    filledAt = now;
    if (count > allowance) return Math.max(1, Math.ceil((count - allowance) / rate));
    allowance -= count;
    return 0;
  }

  function accept(body: unknown): Acceptance {
    const events: readonly unknown[] = Array.isArray(body) ? body : [body];
    const most = Math.min(maxEventsPerRequest, eventsPerSecond() * burstSeconds);
    if (events.length > most) {
      refused += 1;
      return { kind: 'too-large', most };
    }
    const retryAfterSeconds = take(events.length);
    if (retryAfterSeconds > 0) {
      refused += 1;
      return { kind: 'too-many', retryAfterSeconds };
    }
    const monotonic = clock.monotonic();
    const bad: { index: number; reason: string }[] = [];
    let good = 0;
    let again = 0;
    const usages: Usage[] = [];
    const ids: number[] = [];
    const saved = { hits: 0, cost: 0, low: 0 };
    for (const [index, candidate] of events.entries()) {
      const event = parseEvent(candidate);
      if (typeof event === 'string') {
        bad.push({ index, reason: event });
        continue;
      }
      const used = event.type === 'llm' ? usageOf(event) : undefined;
      if (typeof used === 'string') {
        bad.push({ index, reason: used });
        continue;
      }
      good += 1;
      if (event.id !== undefined && !seen.add(event.id)) {
        again += 1;
        continue;
      }
      if (event.type !== 'llm') {
        counts.add(event, monotonic);
        if (event.type === 'cache' && event.hit && event.cost !== undefined) {
          [saved.cost, saved.low] = addExactly(saved.cost, saved.low, event.cost);
          saved.hits += 1;
        }
      } else if (used !== undefined) {
        usages.push(used);
        if (event.id !== undefined) ids.push(hash53(event.id));
      }
    }
    accepted += good - again;
    rejected += bad.length;
    repeated += again;
    if (saved.hits > 0) options.usage?.add([savedByCache(saved.hits, saved.cost + saved.low, clock.now())]);
    if (usages.length > 0) options.usage?.add(usages, ids);
    const stored = usages.length > 0 ? options.usage?.flush().catch(() => {}) : undefined;
    return {
      kind: 'taken',
      answer: { accepted: good, rejected: shortened(bad), ...(again > 0 && { repeated: again }) },
      ...(stored !== undefined && { stored }),
    };
  }

  function usageOf(event: LlmEvent): Usage | string {
    if (options.usage === undefined) return 'type: calls of models are not counted here';
    const used = usageOfEvent(event, clock.now());
    if (typeof used === 'string' || options.usage.hasRoomFor(used)) return used;
    return 'model: there are too many different providers, models and services already';
  }

  const source: Source = {
    id: 'application-events',
    title: { en: 'Application events', de: 'Anwendungsereignisse' },
    interval: 'fast',
    timeoutMs: 5_000,
    metrics: eventMetrics,
    collect(sink, { monotonic }) {
      counts.emit(sink, monotonic);
      sink.sample(eventsAccepted, accepted);
      sink.sample(eventsRejected, rejected);
      sink.sample(eventsRepeated, repeated);
      sink.sample(requestsRefused, refused);
    },
  };

  return {
    accept,
    acceptOtlp: (contentType, body) => otlp.accept(contentType, body),
    acceptTraces: (contentType, body) => otlp.acceptTraces(contentType, body),
    remember({ ids, states }) {
      for (const hash of ids) seen.addHash(hash);
      otlp.restore(states);
    },
    sources: [source, otlp.source],
  };
}

/** Hits of a cache whose saved call has a price, of no model that anybody named. */
const savedByCache = (hits: number, cost: number, at: number): Usage => ({
  at,
  provider: '',
  model: '',
  service: '',
  tokens: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
  calls: 0,
  failed: 0,
  hits,
  cost,
});

/** The event, or in words what is wrong with it. */
function parseEvent(candidate: unknown): ApplicationEvent | string {
  if (typeof candidate !== 'object' || candidate === null || Array.isArray(candidate))
    return 'An event is a JSON object';
  const parsed = eventSchema.safeParse(candidate);
  if (parsed.success) return parsed.data;
  return parsed.error.issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');
}

function shortened(bad: readonly { index: number; reason: string }[]): EventsAnswer['rejected'] {
  if (bad.length <= maxReasons) return bad;
  const last = bad[maxReasons - 1] as { index: number; reason: string };
  const more = bad.length - maxReasons;
  return [
    ...bad.slice(0, maxReasons - 1),
    { index: last.index, reason: `${last.reason} (and ${more} more events were rejected)` },
  ];
}
