import { expect, it } from 'vitest';
import { keepHeapSmall } from '../../src-main/platform/small-heap.ts';
import { FakeClock } from '../support/fake-clock.ts';

it('what starting left behind is given back some time later, and the collector stays out of sight', async () => {
  const clock = new FakeClock();
  let garbage: number[][] | undefined = Array.from({ length: 2_000 }, () => new Array<number>(1_000).fill(0.5));
  const keeping = keepHeapSmall(clock);
  const before = process.memoryUsage().heapTotal;
  expect(garbage).toHaveLength(2_000);
  garbage = undefined;
  await clock.advance(20_000);
  expect(process.memoryUsage().heapTotal).toBeLessThan(before);
  expect('gc' in globalThis).toBe(false);
  keeping[Symbol.dispose]();
});
