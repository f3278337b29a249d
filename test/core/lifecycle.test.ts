import { describe, expect, it } from 'vitest';
import { Lifecycle } from '../../src-main/core/lifecycle.ts';
import type { Part } from '../../src-main/core/part.ts';
import { silentLogger } from '../../src-main/platform/logger.ts';
import { FakeClock } from '../support/fake-clock.ts';

function recording(seen: string[], name: string, changes: Partial<Part> = {}): { api: string; part: Part } {
  const part = { name, start: () => void seen.push(`start ${name}`), stop: () => void seen.push(`stop ${name}`) };
  return { api: name, part: { ...part, ...changes } };
}
const hanging = (): Promise<void> => new Promise(() => {});

describe('the lifecycle', () => {
  it('hands on what others use, starts in order and stops in reverse', async () => {
    const seen: string[] = [];
    const lifecycle = new Lifecycle(new FakeClock(), silentLogger);
    expect(lifecycle.add(recording(seen, 'store'))).toBe('store');
    lifecycle.add(recording(seen, 'http'));
    await lifecycle.start();
    expect(await lifecycle.stop()).toEqual({ hung: [] });
    expect(seen).toEqual(['start store', 'start http', 'stop http', 'stop store']);
  });

  it('closes everything that was made when a part fails to start, and starts no other', async () => {
    const seen: string[] = [];
    const lifecycle = new Lifecycle(new FakeClock(), silentLogger);
    lifecycle.add(recording(seen, 'store'));
    const failing = (): void => {
      throw new Error('no socket');
    };
    lifecycle.add(recording(seen, 'http', { start: failing }));
    lifecycle.add(recording(seen, 'demo'));
    await expect(lifecycle.start()).rejects.toThrow('no socket');
    await lifecycle.stop();
    expect(seen).toEqual(['start store', 'stop demo', 'stop http', 'stop store']);
  });

  it('starts nothing more once a stop was asked for', async () => {
    const seen: string[] = [];
    const lifecycle = new Lifecycle(new FakeClock(), silentLogger);
    const controller = new AbortController();
    lifecycle.add(recording(seen, 'store', { start: () => controller.abort(new Error('stopped')) }));
    lifecycle.add(recording(seen, 'http'));
    await expect(lifecycle.start(controller.signal)).rejects.toThrow('stopped');
    expect(seen).toEqual([]);
  });

  it('does not wait for ever for a part to start', async () => {
    const clock = new FakeClock();
    const lifecycle = new Lifecycle(clock, silentLogger);
    lifecycle.add(recording([], 'store', { start: hanging }));
    const started = expect(lifecycle.start()).rejects.toThrow('store took more than 20 s to start');
    await clock.advance(21_000);
    await started;
  });

  it('ends within five seconds although every part hangs, and names them', async () => {
    const clock = new FakeClock();
    const lifecycle = new Lifecycle(clock, silentLogger);
    const names = Array.from({ length: 15 }, (_, index) => `part ${index}`);
    for (const name of names) lifecycle.add(recording([], name, { stop: hanging }));
    await lifecycle.start();
    let hung: readonly string[] | undefined;
    void lifecycle.stop().then((stopped) => {
      hung = stopped.hung;
    });
    for (let passed = 0; passed < 5_000; passed += 50) await clock.advance(50);
    expect(hung).toEqual(names.toReversed());
  });

  it('passes over a part that fails or hangs while stopping', async () => {
    const seen: string[] = [];
    const clock = new FakeClock();
    const lifecycle = new Lifecycle(clock, silentLogger);
    const failing = (): void => {
      throw new Error('no');
    };
    lifecycle.add(recording(seen, 'store'));
    lifecycle.add(recording(seen, 'alerts', { stop: failing }));
    lifecycle.add(recording(seen, 'http', { stop: hanging }));
    await lifecycle.start();
    const stopped = lifecycle.stop();
    await clock.advance(5_000);
    expect(await stopped).toEqual({ hung: ['http'] });
    expect(seen.at(-1)).toBe('stop store');
  });
});
