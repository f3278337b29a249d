import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createStoreThread } from '../../src-main/store/store-thread.ts';
import { temporaryFolder } from '../support/temporary.ts';

const start = Date.UTC(2026, 0, 1);
const child = fileURLToPath(new URL('./append-until-killed.ts', import.meta.url));
/**
 * Cycles, and how long they may take together on a busy machine; HAKGAL_LONG=1 asks for more, however long it takes.
 */
const isLong = process.env.HAKGAL_LONG === '1';
const cycles = isLong ? 500 : 200;
const budgetMs = isLong ? Number.POSITIVE_INFINITY : 45_000;

/** A child that has loaded its code and waits for the word: so its start does not count. */
const ready = (path: string) => spawn(process.execPath, [child, path], { stdio: ['pipe', 'pipe', 'pipe'] });

/** @returns the last tick that the child said was committed */
async function runAndKill(running: ReturnType<typeof ready>, afterMs: number): Promise<number> {
  let output = '';
  let errors = '';
  running.stdout.on('data', (chunk: Buffer) => {
    if (output === '') setTimeout(() => running.kill('SIGKILL'), afterMs);
    output = output.slice(-40) + chunk.toString();
  });
  running.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  running.stdin.end('go');
  const [code] = await once(running, 'close');
  expect(code, errors).toBeNull();
  // The last line may be cut; the one before it is whole.
  const whole = output.slice(0, output.lastIndexOf('\n')).split('\n');
  return Number(whole.at(-1));
}

describe('a store that is killed at random moments under load', () => {
  it('is never damaged, never loses an acknowledged tick and never doubles one', async () => {
    const path = join(temporaryFolder(), 'history.db');
    const began = performance.now();
    let done = 0;
    let lastAcknowledged = -1;
    const waiting = [ready(path), ready(path)];
    onTestFinished(() => {
      for (const one of waiting) one.kill('SIGKILL');
    });
    for (; done < cycles && performance.now() - began < budgetMs; done += 1) {
      waiting.push(ready(path));
      lastAcknowledged = await runAndKill(waiting.shift() as ReturnType<typeof ready>, Math.random() * 60);
      const database = new Database(path);
      expect(database.pragma('quick_check(1)', { simple: true })).toBe('ok');
      database.close();
      if (done % 10 !== 9 && done !== cycles - 1) continue;
      const thread = createStoreThread({ path, clock: { monotonic: () => performance.now() } });
      const { recoveryLevel, newestAt } = await thread.open(null);
      expect(recoveryLevel).toBe('open');
      const newest = ((newestAt as number) - start) / 1000;
      expect(newest).toBeGreaterThanOrEqual(lastAcknowledged);
      const of = async (aggregation: 'count' | 'sum'): Promise<number | null | undefined> =>
        (await thread.aggregate({ series: ['of_1'], from: 0, until: 4e12, aggregation, quantile: 0.5 })).values.of_1;
      // Tick n holds the number n: what is there is exactly 0 … newest, each once.
      expect(await of('count')).toBe(newest + 1);
      expect(await of('sum')).toBe((newest * (newest + 1)) / 2);
      await thread.close(null);
    }
    console.log(`${done} kills, ${lastAcknowledged + 1} ticks acknowledged, none lost, none doubled`);
    expect(done).toBeGreaterThanOrEqual(25);
  }, 3_600_000);
});
