import { describe, expect, it } from 'vitest';
import { Lifecycle, type Part } from '../../src-main/lifecycle.ts';
import { silentLogger } from '../../src-main/platform/logger.ts';
import { FakeClock } from '../support/fake-clock.ts';

function recording(seen: string[], name: string, changes: Partial<Part> = {}): Part {
  return { name, start: () => void seen.push(`start ${name}`), stop: () => void seen.push(`stop ${name}`), ...changes };
}

describe('the lifecycle', () => {
  it('starts in order and stops in reverse', async () => {
    const seen: string[] = [];
    const lifecycle = new Lifecycle(new FakeClock(), silentLogger);
    await lifecycle.start([recording(seen, 'store'), recording(seen, 'http')]);
    await lifecycle.stop();
    expect(seen).toEqual(['start store', 'start http', 'stop http', 'stop store']);
  });

  it('stops what had started when a part fails to start', async () => {
    const seen: string[] = [];
    const broken = recording(seen, 'http', {
      start: () => {
        throw new Error('no socket');
      },
    });
    const lifecycle = new Lifecycle(new FakeClock(), silentLogger);
    await expect(lifecycle.start([recording(seen, 'store'), broken])).rejects.toThrow('no socket');
    expect(seen).toEqual(['start store', 'stop http', 'stop store']);
  });

  it('passes over a part that hangs while stopping', async () => {
    const seen: string[] = [];
    const clock = new FakeClock();
    const lifecycle = new Lifecycle(clock, silentLogger);
    await lifecycle.start([recording(seen, 'store'), recording(seen, 'http', { stop: () => new Promise(() => {}) })]);
    const stopped = lifecycle.stop();
    await clock.advance(5_000);
    await stopped;
    expect(seen.at(-1)).toBe('stop store');
  });
});
