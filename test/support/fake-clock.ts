/**
 * A clock that stands still until told: `advance` runs what falls due, in order, letting promises settle in between.
 */
import type { Clock } from '../../src-main/platform/clock.ts';

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  #monotonic = 0;
  #wall: number;

  constructor(wall: number = Date.UTC(2026, 0, 1)) {
    this.#wall = wall;
  }

  now(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(ms: number, run: () => void): Disposable {
    const timer = { due: this.#monotonic + Math.max(0, ms), run };
    this.#timers.add(timer);
    return { [Symbol.dispose]: () => void this.#timers.delete(timer) };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = this.after(ms, resolve);
      signal?.addEventListener('abort', () => {
        timer[Symbol.dispose]();
        reject(signal.reason);
      });
    });
  }

  /** Moves both clocks on by `ms`, firing timers on the way. */
  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    for (;;) {
      const next = [...this.#timers].filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)[0];
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#move(Math.max(0, next.due - this.#monotonic));
      next.run();
      await settle();
    }
    this.#move(end - this.#monotonic);
    await settle();
  }

  /** The machine sleeps: time passes on both clocks, and no timer fires before it wakes. */
  sleepMachine(ms: number): void {
    this.#move(ms);
  }

  /** The user or NTP sets the wall clock; the monotonic one does not notice. */
  jumpWall(ms: number): void {
    this.#wall += ms;
  }

  #move(ms: number): void {
    this.#monotonic += ms;
    this.#wall += ms;
  }
}

/** Lets every promise that can go on do so, I/O callbacks included. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
