import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src-main/contract/batch.ts';
import type { MetricDescription } from '../../src-main/contract/metric.ts';
import { sentences } from '../../src-main/contract/text/message.ts';
import { sameInEvery } from '../../src-main/contract/text/text.ts';
import { createScheduler } from '../../src-main/sampling/scheduler.ts';
import { hiddenIntervals } from '../../src-main/sampling/slow-down.ts';
import { type Interval, NoData, type Source } from '../../src-main/sampling/source.ts';
import { FakeClock } from '../support/fake-clock.ts';

const metric: MetricDescription = {
  name: 'probe_value',
  title: sameInEvery('Value'),
  help: sameInEvery('A value.'),
  unit: 'count',
  kind: 'gauge',
  labels: ['of'],
};

function source(id: string, interval: Interval, collect: Source['collect'], timeoutMs = 5_000): Source {
  return { id, title: sameInEvery(id), interval, timeoutMs, metrics: [metric], collect };
}
const yields = (id: string, interval: Interval = 'fast'): Source =>
  source(id, interval, (sink) => sink.sample(metric, 1, { of: id }));

function scheduling(...sources: Source[]) {
  const clock = new FakeClock();
  const batches: Batch[] = [];
  const scheduler = createScheduler({ clock, sources });
  scheduler.start((batch) => batches.push(batch));
  const seconds = (key: string): number[] =>
    batches.flatMap(({ samples }, index) => (samples.some(({ series }) => series.key === key) ? [index] : []));
  const last = (key: string): number | undefined =>
    batches.flatMap(({ samples }) => samples.filter(({ series }) => series.key === key)).at(-1)?.value;
  return { clock, batches, scheduler, seconds, last };
}

describe('the scheduler', () => {
  it('puts what a fast source yields into the batch of the same tick', async () => {
    const { clock, seconds, batches } = scheduling(yields('a'));
    await clock.advance(3_000);
    expect(batches).toHaveLength(4);
    expect(seconds('probe_value{of="a"}')).toEqual([0, 1, 2, 3]);
  });

  it('runs slow sources within seconds and then every ten, each on a tick of its own', async () => {
    const { clock, seconds } = scheduling(...['a', 'b', 'c', 'd', 'e'].map((id) => yields(id, 'slow')));
    await clock.advance(25_000);
    expect(seconds('probe_value{of="a"}')).toEqual([1, 11, 21]);
    expect(seconds('probe_value{of="b"}')).toEqual([2, 12, 22]);
    expect(seconds('probe_value{of="e"}')).toEqual([2, 5, 15, 25]);
  });

  it('joins a late result to the next batch and never delays the tick', async () => {
    const late = source('late', 'slow', async (sink) => {
      await clock.sleep(2_500);
      sink.sample(metric, 7, { of: 'late' });
    });
    const clock = new FakeClock();
    const batches: Batch[] = [];
    createScheduler({ clock, sources: [late] }).start((batch) => batches.push(batch));
    await clock.advance(5_000);
    const with7 = batches.findIndex(({ samples }) => samples.some(({ value }) => value === 7));
    expect(with7).toBe(4);
    expect(batches).toHaveLength(6);
  });

  it('leaves a collection behind that is over its deadline, starts the next one, and drops what comes too late', async () => {
    let running = 0;
    let most = 0;
    const clock = new FakeClock();
    const batches: Batch[] = [];
    const hanging = source(
      'hanging',
      'fast',
      async (sink) => {
        running += 1;
        most = Math.max(most, running);
        await clock.sleep(3_500);
        sink.sample(metric, 9, { of: 'hanging' });
        running -= 1;
      },
      1_000,
    );
    const scheduler = createScheduler({ clock, sources: [hanging] });
    scheduler.start((batch) => batches.push(batch));
    await clock.advance(10_000);
    expect(most).toBeLessThanOrEqual(3);
    expect(batches.some(({ samples }) => samples.some(({ value }) => value === 9))).toBe(false);
    expect(scheduler.statuses()[0]).toMatchObject({ state: 'timed-out', reason: 'No answer within 1 s' });
  });

  it('asks a source again whose collection never settles, and is right at once when it answers', async () => {
    let isStuck = true;
    let asked = 0;
    const stuck = source(
      'stuck',
      'slow',
      (sink) => {
        asked += 1;
        if (isStuck) return new Promise<void>(() => {});
        sink.sample(metric, 1, { of: 'stuck' });
        return undefined;
      },
      2_000,
    );
    const { clock, last, scheduler } = scheduling(stuck, yields('sound'));
    await clock.advance(25_000);
    expect(asked).toBe(3);
    expect(last('source_up{source="stuck"}')).toBe(0);
    expect(last('source_up{source="sound"}')).toBe(1);
    isStuck = false;
    await clock.advance(60_000);
    expect(last('source_up{source="stuck"}')).toBe(1);
    expect(scheduler.statuses()[0]?.state).toBe('ok');
  });

  it('tells a failure as its own success metric while everything else goes on', async () => {
    let isBroken = true;
    const fragile = source('fragile', 'fast', (sink) => {
      if (isBroken) throw new Error('broken');
      sink.sample(metric, 1, { of: 'fragile' });
    });
    const { clock, last, scheduler, batches } = scheduling(fragile, yields('sound'));
    await clock.advance(1_000);
    expect(last('source_up{source="fragile"}')).toBe(0);
    expect(last('source_up{source="sound"}')).toBe(1);
    expect(scheduler.statuses()[0]).toMatchObject({ state: 'failed', reason: 'broken' });
    isBroken = false;
    await clock.advance(2_000);
    expect(last('source_up{source="fragile"}')).toBe(1);
    isBroken = true;
    await clock.advance(3_000);
    isBroken = false;
    await clock.advance(1_000);
    expect(batches.flatMap(({ gaps }) => gaps)).toMatchObject([{ cause: 'source-failed', source: 'fragile' }]);
  });

  it('takes "no data" for a truthful answer', async () => {
    const reasons = sentences('source.bare', {
      'no-battery': { en: 'This machine has no battery', de: 'Dieser Rechner hat keinen Akku' },
    });
    const bare = source('bare', 'fast', () => {
      throw new NoData(reasons['no-battery']);
    });
    const { clock, last, scheduler } = scheduling(bare);
    await clock.advance(1_000);
    expect(last('source_up{source="bare"}')).toBe(1);
    expect(scheduler.statuses()[0]).toMatchObject({
      state: 'no-data',
      reason: 'This machine has no battery',
      reasonCode: 'source.bare.no-battery',
    });
  });

  it('slows a source down that keeps the tick busy, says so, and lets it recover', async () => {
    let cost = 400;
    const clock = new FakeClock();
    const greedy = source('greedy', 'fast', () => clock.sleepMachine(cost));
    const scheduler = createScheduler({ clock, sources: [greedy] });
    scheduler.start(() => {});
    await clock.advance(10_000);
    expect(scheduler.statuses()[0]).toMatchObject({ isSlowedDown: true });
    expect(scheduler.statuses()[0]?.everyMs).toBeGreaterThan(1_000);
    cost = 1;
    await clock.advance(3_000_000);
    expect(scheduler.statuses()[0]).toMatchObject({ isSlowedDown: false, everyMs: 1_000 });
  });

  it('takes sources in and out while it runs', async () => {
    const { clock, seconds, scheduler } = scheduling(yields('a'));
    await clock.advance(1_500);
    scheduler.add(yields('b'));
    await clock.advance(2_000);
    await scheduler.remove('b');
    await clock.advance(2_000);
    expect(seconds('probe_value{of="b"}')).toEqual([2, 3]);
    expect(() => scheduler.add(yields('a'))).toThrow('already');
  });

  it('slows everything down when told, and says why', async () => {
    const { clock, seconds, scheduler } = scheduling(yields('a', 'slow'));
    await clock.advance(11_000);
    expect(scheduler.statuses()[0]).not.toHaveProperty('reason');
    scheduler.setIntervals(hiddenIntervals);
    await clock.advance(45_000);
    expect(seconds('probe_value{of="a"}')).toEqual([1, 11, 21, 41]);
    expect(scheduler.statuses()[0]).toMatchObject({ everyMs: 20_000, ...hiddenIntervals.why });
  });

  it('survives a consumer that throws', async () => {
    const clock = new FakeClock();
    const errors: unknown[] = [];
    let batches = 0;
    createScheduler({ clock, onError: (error) => errors.push(error) }).start(() => {
      batches += 1;
      throw new Error('bug');
    });
    await clock.advance(2_000);
    expect(batches).toBe(3);
    expect(errors).toHaveLength(3);
  });

  it('never puts one series twice into a batch', async () => {
    const clock = new FakeClock();
    const batches: Batch[] = [];
    const slow = source('slow', 'fast', () => clock.sleep(1_400), 1_000);
    createScheduler({ clock, sources: [slow, yields('a')] }).start((batch) => batches.push(batch));
    await clock.advance(60_000);
    for (const { samples } of batches)
      expect(new Set(samples.map(({ series }) => series.key)).size).toBe(samples.length);
  });

  it('stops ticking and closes its sources', async () => {
    const closed: string[] = [];
    const { clock, scheduler, batches } = scheduling({ ...yields('a'), close: () => void closed.push('a') });
    await clock.advance(1_000);
    await scheduler.close();
    await clock.advance(5_000);
    expect(batches).toHaveLength(2);
    expect(closed).toEqual(['a']);
  });
});
