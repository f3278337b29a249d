/** Time as a dependency: the only user of Date.now, performance.now and timers. Tests hand in a fake. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Clock {
  /** Wall clock, ms since the epoch; jumps when the user or NTP sets it. */
  now(): number;
  /** Milliseconds that only go forward; stands still or not during sleep, as the system has it. */
  monotonic(): number;
  /** Runs once after `ms`; disposing it first cancels it. */
  after(ms: number, run: () => void): Disposable;
  /** Resolves after `ms`; rejects with AbortError when the signal fires first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
};
