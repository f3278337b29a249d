/**
 * The thread in which databases are opened and logs are searched: a dead network share stops that thread and nothing
 * else. It starts with the first call and ends when it was idle for minutes. SQL that others wrote runs in a process
 * instead (`TargetDeps.foreignSql`), which is killed when it is over its time.
 *
 * A thread in the middle of a call to SQLite can't be ended from outside (it ends when the call returns), so one that
 * is over its time is left behind: who called it gets "timed out", the next call gets a fresh thread, and the same
 * subject gets none until the one left behind is gone. Two left behind are the limit.
 */
import type { Clock } from '../platform/clock.ts';
import { startWorker, type WorkerClient } from '../workers/protocol.ts';
import type { ProbeHandlers } from './probe-handlers.ts';

export class ProbeTimedOut extends Error {
  override readonly name = 'ProbeTimedOut';
}

type Client = WorkerClient<ProbeHandlers>;

const endIdleAfterMs = 300_000;
const maxLeftBehind = 2;
const startWithinMs = 10_000;

export class ProbeThread {
  readonly #clock: Clock;
  readonly #leftBehind = new Map<string, Client>();
  readonly #start: () => Client;
  #client: Client | undefined;
  #idle: Disposable | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(clock: Clock, start: () => Client = () => startWorker<ProbeHandlers>('probe', {})) {
    this.#clock = clock;
    this.#start = start;
  }

  /**
   * One call at a time. Rejects with ProbeTimedOut after `timeoutMs` of work, or at once while the same subject still
   * keeps a thread from earlier.
   * @param subject what is looked at, e.g. the target's id
   */
  run<K extends keyof ProbeHandlers & string>(
    subject: string,
    name: K,
    args: Parameters<ProbeHandlers[K]>[0],
    timeoutMs: number,
  ): Promise<Awaited<ReturnType<ProbeHandlers[K]>>> {
    const turn = this.#queue.then(() => this.#runNow(subject, name, args, timeoutMs));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#idle?.[Symbol.dispose]();
    const client = this.#client;
    this.#client = undefined;
    await client?.terminate();
    if (this.#leftBehind.size === 0) return;
    // `process.exit` waits for every thread, and these may take hours: the process ends itself the hard way, last of
    // all.
    process.once('exit', () => process.kill(process.pid, 'SIGKILL'));
  }

  async #runNow<K extends keyof ProbeHandlers & string>(
    subject: string,
    name: K,
    args: Parameters<ProbeHandlers[K]>[0],
    timeoutMs: number,
  ): Promise<Awaited<ReturnType<ProbeHandlers[K]>>> {
    if (this.#isClosed) throw new Error('The monitor is stopping');
    if (this.#leftBehind.has(subject)) throw new ProbeTimedOut('The look before is still under way');
    if (this.#leftBehind.size >= maxLeftBehind) throw new ProbeTimedOut('Other targets keep every thread busy');
    this.#idle?.[Symbol.dispose]();
    const client = this.#client ?? (await this.#open());
    let timer: Disposable | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = this.#clock.after(timeoutMs, () => {
        this.#leaveBehind(subject, client);
        reject(new ProbeTimedOut(`It took longer than ${timeoutMs / 1_000} s`));
      });
    });
    try {
      return (await Promise.race([client.call(name, args), late])) as Awaited<ReturnType<ProbeHandlers[K]>>;
    } finally {
      timer?.[Symbol.dispose]();
      if (!this.#isClosed) this.#idle = this.#clock.after(endIdleAfterMs, () => this.#endIdle());
    }
  }

  /** A process takes its time to start, which is not the subject's. */
  async #open(): Promise<Client> {
    const client = this.#start();
    this.#client = client;
    void client.ended.then(() => {
      if (this.#client === client) this.#client = undefined;
    });
    let timer: Disposable | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = this.#clock.after(startWithinMs, () => reject(new ProbeTimedOut('Its process did not start')));
    });
    try {
      await Promise.race([client.call('ready', null), late]);
      return client;
    } catch (error) {
      if (this.#client === client) this.#client = undefined;
      void client.terminate();
      throw error;
    } finally {
      timer?.[Symbol.dispose]();
    }
  }

  #leaveBehind(subject: string, client: Client): void {
    if (this.#client === client) this.#client = undefined;
    this.#leftBehind.set(subject, client);
    void client.ended.then(() => this.#leftBehind.delete(subject));
    void client.terminate();
  }

  #endIdle(): void {
    const client = this.#client;
    this.#client = undefined;
    void client?.terminate();
  }
}
