/**
 * Parts start in the order they were added and stop in reverse. Each has a deadline, and so has the whole: one that
 * hangs neither keeps the others from ending nor the process from it.
 */
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Module, Part } from './part.ts';

const startWithinMs = 20_000;
const stopWithinMs = 1_000;
/** All parts together; whoever asked for the stop waits five seconds. */
const stopAllWithinMs = 4_000;
/** What a part that comes late still gets. */
const leastMs = 150;

export interface Stopped {
  /** Parts that did not end in time: what they hold ends with the process. */
  readonly hung: readonly string[];
}

export class Lifecycle {
  readonly #parts: Part[] = [];
  readonly #clock: Clock;
  readonly #logger: Pick<Logger, 'error'>;
  #stopping: Promise<Stopped> | undefined;

  constructor(clock: Clock, logger: Pick<Logger, 'error'>) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Notes how the module begins and ends, and hands on what others may use. */
  add<Api>({ api, part }: Module<Api>): Api {
    this.#parts.push(part);
    return api;
  }

  /**
   * @param signal no further part is started once it is aborted
   * @throws what a part threw; stopping is left to the caller
   */
  async start(signal?: AbortSignal): Promise<void> {
    for (const part of this.#parts) {
      signal?.throwIfAborted();
      const started = part.start?.();
      if (started === undefined) continue;
      if (!(await this.#endsWithin(startWithinMs, started)))
        throw new Error(`${part.name} took more than ${startWithinMs / 1_000} s to start`);
    }
  }

  /** Idempotent; a part that fails or hangs is logged and passed over. */
  stop(): Promise<Stopped> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<Stopped> {
    const hung: string[] = [];
    const until = this.#clock.monotonic() + stopAllWithinMs;
    const left = this.#parts.toReversed();
    for (const [index, part] of left.entries()) {
      const reserved = (left.length - 1 - index) * leastMs;
      const free = until - this.#clock.monotonic() - reserved;
      try {
        const stopped = part.stop?.();
        if (stopped === undefined) continue;
        const isDone = await this.#endsWithin(
          Math.max(leastMs, Math.min(part.stopWithinMs ?? stopWithinMs, free)),
          stopped,
        );
        if (isDone) continue;
        hung.push(part.name);
        this.#logger.error(`${part.name} did not stop in time`);
      } catch (error) {
        this.#logger.error(`${part.name} did not stop cleanly`, { error });
      }
    }
    return { hung };
  }

  /** @returns false when the time was up first */
  async #endsWithin(ms: number, work: Promise<void>): Promise<boolean> {
    const { promise, resolve } = deferred();
    using _deadline = this.#clock.after(ms, () => resolve(false));
    return await Promise.race([work.then(() => true), promise]);
  }
}

function deferred(): { readonly promise: Promise<boolean>; readonly resolve: (value: boolean) => void } {
  let resolve: (value: boolean) => void = () => {};
  const promise = new Promise<boolean>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
