/**
 * Keeps the memory of a process small that works little and lives long. V8 lets its young generation grow to 48 MB
 * before it looks for garbage, which pays for servers; and what starting up left behind is otherwise kept for hours.
 * Each thread has its own heap and calls this for itself. Electron freezes V8's flags, and its renderer is what weighs
 * there.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Clock } from './clock.ts';

/**
 * Collecting everything takes some 25 ms: seldom enough to cost nothing, and never while starting. Ten minutes leave 8
 * MB more behind.
 */
const firstAfterMs = 20_000;
const everyMs = 180_000;

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

export function keepHeapSmall(clock: Clock): Disposable {
  if (process.versions.electron !== undefined) return { [Symbol.dispose]: () => {} };
  setFlagsFromString('--max-semi-space-size=2');
  // Threads begun later look for garbage from here on, MB; left to V8's guess, a repair took 40 MB more in one run of
  // ten.
  setFlagsFromString('--initial-old-space-size=16');
  // The only way to V8's collector that needs no flag at start; the name is gone from every context made later.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  setFlagsFromString('--no-expose-gc');
  let timer = clock.after(firstAfterMs, trim);
  function trim(): void {
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    timer = clock.after(everyMs, trim);
  }
  return { [Symbol.dispose]: () => timer[Symbol.dispose]() };
}
