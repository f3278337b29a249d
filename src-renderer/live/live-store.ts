/**
 * The live data, outside of React: ring buffers that a frame of the stream is written into, and listeners that are told
 * once per painted frame. A hidden page ends the stream; a shown one fills its buffers from the core's memory and goes
 * on.
 */
import type { Gap } from '@contract/batch.ts';
import type { LiveFrame } from '@contract/live.ts';
import { metricOfKey } from '@contract/metric.ts';
import type { Client } from '../api/connection.ts';
import { isSignedOut } from '../api/session.ts';

/** Five minutes at 1 Hz: what a live chart shows. */
export const liveSeconds = 300;

/** Health, alerts, ports and the rest of a frame. */
export type LiveRest = Omit<LiveFrame, 'keys' | 'values' | 'gaps'>;

export type ConnectionState = 'connecting' | 'live' | 'lost' | 'signed-out';

export class LiveStore {
  readonly #client: Client;
  readonly #listeners = new Set<() => void>();
  readonly #wanted = new Map<string, number>();
  #lines = new Map<string, (number | null)[]>();
  #at: number[] = [];
  #gaps: readonly Gap[] = [];
  #keys: readonly string[] = [];
  #rest: LiveRest | undefined;
  #connection: ConnectionState = 'connecting';
  #stop: AbortController | undefined;
  #restart: ReturnType<typeof setTimeout> | undefined;
  #isNotifying = false;
  #version = 0;

  constructor(client: Client) {
    this.#client = client;
    document.addEventListener('visibilitychange', () => this.#reopen());
    this.#reopen();
  }

  /** Grows whenever something may have changed; what React compares. */
  get version(): number {
    return this.#version;
  }

  get connection(): ConnectionState {
    return this.#connection;
  }

  /** The newest; what a frame leaves out has not changed. */
  get state(): LiveRest | undefined {
    return this.#rest;
  }

  get at(): readonly number[] {
    return this.#at;
  }

  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  /** Values of the last minutes by series key, one a tick, for a metric's name or a key. */
  lines(selector: string): ReadonlyMap<string, readonly (number | null)[]> {
    return new Map([...this.#lines].filter(([key]) => key === selector || metricOfKey(key) === selector));
  }

  /** The newest value that is not missing among the last few ticks; slow sources have one every ten. */
  latest(key: string): number | null {
    return this.#lines.get(key)?.findLast((value) => value !== null) ?? null;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Names metrics or series that something on screen draws, until the returned function is called. */
  want(selectors: readonly string[]): () => void {
    for (const selector of selectors) this.#wanted.set(selector, (this.#wanted.get(selector) ?? 0) + 1);
    this.#reopenSoon(0);
    return () => {
      for (const selector of selectors) {
        const left = (this.#wanted.get(selector) ?? 1) - 1;
        if (left === 0) this.#wanted.delete(selector);
        else this.#wanted.set(selector, left);
      }
    };
  }

  #reopenSoon(ms: number): void {
    clearTimeout(this.#restart);
    this.#restart = setTimeout(() => this.#reopen(), ms);
  }

  #reopen(): void {
    clearTimeout(this.#restart);
    this.#stop?.abort();
    if (document.visibilityState === 'hidden') return;
    const stop = new AbortController();
    this.#stop = stop;
    void this.#run([...this.#wanted.keys()], stop.signal);
  }

  async #run(select: readonly string[], signal: AbortSignal): Promise<void> {
    try {
      const frames = await this.#client.live.watch({ select: [...select] }, { signal });
      if (select.length > 0) {
        const recent = await this.#client.live.recent({ select: [...select], seconds: liveSeconds }, { signal });
        this.#at = [...recent.at];
        this.#lines = new Map(recent.series.map(({ key, values }) => [key, [...values]]));
        this.#gaps = recent.gaps;
      }
      for await (const frame of frames) this.#take(frame);
    } catch {
      // Reported below: a stream that ends by itself and one that fails are the same to the user.
    }
    if (signal.aborted) return;
    this.#connection = isSignedOut() ? 'signed-out' : 'lost';
    this.#notify();
    this.#reopenSoon(2_000);
  }

  #take(frame: LiveFrame): void {
    const { keys, values, gaps, ...rest } = frame;
    if (keys !== undefined) this.#keys = keys;
    if (gaps !== undefined) this.#gaps = [...this.#gaps, ...gaps];
    this.#rest = { ...this.#rest, ...rest };
    this.#connection = 'live';
    if (frame.at > (this.#at.at(-1) ?? 0)) {
      this.#at.push(frame.at);
      const before = this.#at.length - 1;
      for (const [index, key] of this.#keys.entries()) {
        let line = this.#lines.get(key);
        if (line === undefined) {
          line = new Array<number | null>(before).fill(null);
          this.#lines.set(key, line);
        }
        line.push(values[index] ?? null);
      }
      for (const line of this.#lines.values()) if (line.length < this.#at.length) line.push(null);
      if (this.#at.length > liveSeconds) {
        this.#at.shift();
        for (const line of this.#lines.values()) line.shift();
      }
    }
    this.#notify();
  }

  /** At most one paint a frame, however much arrives. */
  #notify(): void {
    if (this.#isNotifying) return;
    this.#isNotifying = true;
    requestAnimationFrame(() => {
      this.#isNotifying = false;
      this.#version += 1;
      for (const listener of this.#listeners) listener();
    });
  }
}
