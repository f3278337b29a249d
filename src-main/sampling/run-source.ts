/**
 * One collection of one source: what it yielded, how it ended, what it cost. Never throws, never outlives its timeout.
 */
import type { Sample } from '../contract/batch.ts';
import type { SourceReason } from '../contract/live.ts';
import type { Labels, MetricDescription } from '../contract/metric.ts';
import { say } from '../contract/text/message.ts';
import type { Clock } from '../platform/clock.ts';
import { reasonFrom, samplingReasons } from './sampling-reasons.ts';
import type { SeriesRegistry } from './series-registry.ts';
import { NoData, type SampleSink, type Source } from './source.ts';

type CollectionState = 'ok' | 'no-data' | 'failed' | 'timed-out';

export interface Collection extends SourceReason {
  readonly state: CollectionState;
  /** Empty unless `ok`, but for what came before a failure. */
  readonly samples: readonly Sample[];
  /** From call to result, ms. */
  readonly durationMs: number;
  /** Of which this thread was busy before the first await, ms: what the source costs the tick. */
  readonly busyMs: number;
  /** Settles when the source has let go; later than the result only after a timeout. */
  readonly settled: Promise<void> | undefined;
}

class Sink implements SampleSink {
  readonly samples: Sample[] = [];
  isOpen = true;
  readonly #registry: SeriesRegistry;

  constructor(registry: SeriesRegistry) {
    this.#registry = registry;
  }

  sample(metric: MetricDescription, value: number | null | undefined, labels?: Labels): void {
    if (!this.isOpen || value === null || value === undefined) return;
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) return;
    this.samples.push({ series: this.#registry.intern(metric, labels), value });
  }
}

/** A synchronous source answers at once, so that its samples are in the batch of the very tick. */
export function runSource(
  source: Source,
  registry: SeriesRegistry,
  clock: Clock,
  at: number,
): Collection | Promise<Collection> {
  const began = clock.monotonic();
  const sink = new Sink(registry);
  let controller: AbortController | undefined;
  const context = {
    at,
    monotonic: began,
    get signal(): AbortSignal {
      controller ??= new AbortController();
      return controller.signal;
    },
  };
  const end = (busyMs: number, outcome: Outcome, settled?: Promise<void>): Collection => {
    sink.isOpen = false;
    return { ...outcome, samples: sink.samples, durationMs: clock.monotonic() - began, busyMs, settled };
  };
  let pending: void | Promise<void>;
  try {
    pending = source.collect(sink, context);
  } catch (error) {
    return end(clock.monotonic() - began, outcomeOf(error));
  }
  const busyMs = clock.monotonic() - began;
  if (!(pending instanceof Promise)) return end(busyMs, { state: 'ok' });
  const { promise, resolve } = newPromise<Collection>();
  const settled = pending.then(
    () => {},
    () => {},
  );
  const timer = clock.after(source.timeoutMs, () => {
    resolve(end(busyMs, timedOut(source.timeoutMs / 1_000), settled));
    controller?.abort(new Error('The collection took too long'));
  });
  pending.then(
    () => {
      timer[Symbol.dispose]();
      resolve(end(busyMs, { state: 'ok' }));
    },
    (error: unknown) => {
      timer[Symbol.dispose]();
      resolve(end(busyMs, outcomeOf(error)));
    },
  );
  return promise;
}

type Outcome = SourceReason & Pick<Collection, 'state'>;

function outcomeOf(error: unknown): Outcome {
  if (error instanceof NoData) return { state: 'no-data', ...reasonFrom(error.said) };
  return { state: 'failed', reason: error instanceof Error ? error.message : String(error) };
}

const timedOut = (seconds: number): Outcome => ({
  state: 'timed-out',
  ...reasonFrom(say(samplingReasons['timed-out'], { seconds })),
});

/** Promise.withResolvers, which Node 20 lacks. */
function newPromise<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
