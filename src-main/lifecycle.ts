/** Parts start in order and stop in reverse; each has a deadline, so that one that hangs does not keep the rest from ending. */
import type { Clock } from './platform/clock.ts';
import type { Logger } from './platform/logger.ts';

export interface Part {
  readonly name: string;
  start?(): void | Promise<void>;
  stop?(): void | Promise<void>;
}

const startDeadlineMs = 20_000;
/** All parts together must end within two seconds of a SIGTERM. */
const stopDeadlineMs = 1_500;

export class Lifecycle {
  readonly #started: Part[] = [];
  readonly #clock: Clock;
  readonly #logger: Logger;
  #stopping: Promise<void> | undefined;

  constructor(clock: Clock, logger: Logger) {
    this.#clock = clock;
    this.#logger = logger;
  }

  /** When a part fails to start, those before it are stopped and the failure is thrown. */
  async start(parts: readonly Part[]): Promise<void> {
    for (const part of parts) {
      try {
        await this.#within(startDeadlineMs, part.name, 'start', part.start?.());
        this.#started.push(part);
      } catch (error) {
        this.#started.push(part);
        await this.stop();
        throw error;
      }
    }
  }

  /** Idempotent; a part that fails or hangs is logged and passed over. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    for (const part of this.#started.reverse()) {
      try {
        await this.#within(stopDeadlineMs, part.name, 'stop', part.stop?.());
      } catch (error) {
        this.#logger.error(`${part.name} did not stop cleanly`, { error });
      }
    }
  }

  async #within(ms: number, name: string, what: string, work: void | Promise<void>): Promise<void> {
    if (work === undefined) return;
    const { promise, reject } = deferred();
    using _deadline = this.#clock.after(ms, () => reject(new Error(`${name} took more than ${ms} ms to ${what}`)));
    await Promise.race([work, promise]);
  }
}

function deferred(): { promise: Promise<never>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  return { promise, reject };
}
