/**
 * Anything that yields samples: a collector of this machine, a target that the user added, the applications' events, an
 * analysis.
 */

import type { Labels, MetricDescription } from '../contract/metric.ts';
import { type Message, type Sentence, say, type ValuesArgument } from '../contract/text/message.ts';
import type { Text } from '../contract/text/text.ts';

/**
 * fast: every tick (1 s) · slow: every 10 s · lazy: every 60 s. The scheduler may slow a source down, never speed it
 * up.
 */
export type Interval = 'fast' | 'slow' | 'lazy';

/** Takes the samples of one collection. */
export interface SampleSink {
  /**
   * @param metric one of the source's own descriptions, the same object each time
   * @param value finite, or NaN; null or undefined means "no data" and writes nothing
   * @param labels exactly the labels that the metric declares
   */
  sample(metric: MetricDescription, value: number | null | undefined, labels?: Labels): void;
}

export interface CollectContext {
  /** Wall clock of the tick, ms since the epoch. */
  readonly at: number;
  /** Monotonic ms, for rates. */
  readonly monotonic: number;
  /** Fires when the source's time is up; whatever it yields later is dropped. */
  readonly signal: AbortSignal;
}

export interface Source {
  /**
   * kebab-case and equal to the file's name; its snake_case form begins the names of its metrics. Instances add
   * `:name`.
   */
  readonly id: string;
  /** A few words for lists, sentence case. */
  readonly title: Text;
  readonly interval: Interval;
  /**
   * After this long the collection counts as failed, is told to stop and is left behind; the next one starts on its
   * interval.
   */
  readonly timeoutMs: number;
  readonly metrics: readonly MetricDescription[];
  /** Why it may have no data: what its NoData says. */
  readonly reasons?: Readonly<Record<string, Sentence>>;
  /**
   * Yields what there is now. Throw NoData where this machine has no such thing; any other error is a failure of this
   * source alone.
   */
  collect(sink: SampleSink, context: CollectContext): void | Promise<void>;
  /** Releases what the source holds. */
  close?(): void | Promise<void>;
}

/** This machine, or this moment, has nothing to tell; not an error. The reason is shown to the user. */
export class NoData<N extends string = string> extends Error {
  override readonly name = 'NoData';
  readonly said: Message;

  /** @param reason one of the source's own */
  constructor(reason: Sentence<N>, ...values: ValuesArgument<N>) {
    const said = say(reason, ...values);
    super(said.message);
    this.said = said;
  }
}
