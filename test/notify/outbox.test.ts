import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src-main/notify/channel.ts';
import { AlertDesk, type DeskOptions } from '../support/alert-desk.ts';
import { metricOf, seriesOf } from '../support/alert-story.ts';

const load = metricOf('load', 'percent', ['disk']);
const sample = (value: number, disk = 'a') => ({ series: seriesOf(load, { disk }), value });
const rule = {
  id: 'load',
  title: 'Load',
  metric: 'load',
  levels: { warning: { threshold: 90 } },
  holdSeconds: 0,
  coolDownSeconds: 0,
  detectFlapping: false,
};
const open = (options: Partial<DeskOptions> = {}): Promise<AlertDesk> => AlertDesk.open({ rules: [rule], ...options });
const log = async (desk: AlertDesk) =>
  (await desk.records.deliveryLog({ limit: 100 })).reverse().map(({ outcome, reason }) => `${outcome} ${reason}`);

describe('the outbox', () => {
  it('delivers in the very tick that fires', async () => {
    const desk = await open();
    await desk.tick([sample(99)]);
    expect(desk.told.map(({ at }) => at)).toEqual([desk.clock.now()]);
    expect(await log(desk)).toEqual(['delivered delivered']);
  });

  it('sends nothing before transition, state and notification are stored as one', async () => {
    const desk = await open();
    const seen: number[] = [];
    desk.answer = () => {
      const count = (table: string) => desk.records.database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
      seen.push(...(['alert_transitions', 'alert_states', 'outbox'].map(count) as number[]));
      return undefined;
    };
    await desk.tick([sample(99)]);
    expect(seen).toEqual([1, 1, 1]);
  });

  it('tries again with growing pauses until the peer takes it, in order', async () => {
    const desk = await open();
    const tries: number[] = [];
    desk.answer = () => {
      tries.push(desk.clock.monotonic() / 1000);
      return tries.length < 5
        ? { kind: 'retry', reason: 'server-error', code: 'delivery.server-error', message: 'down' }
        : undefined;
    };
    await desk.tick([sample(99)]);
    await desk.tick([sample(1)]);
    await desk.clock.advance(60_000);
    // Pauses of 1, 2, 4 and 8 seconds; then the end of the alert at once.
    expect(tries).toEqual([1, 2, 4, 8, 16, 16]);
    expect(desk.words).toEqual(['fired load', 'resolved load']);
    expect((await log(desk)).filter((line) => line === 'retrying server-error')).toHaveLength(4);
  });

  it('waits at least as long as the peer asks', async () => {
    const desk = await open();
    let tries = 0;
    desk.answer = () => {
      tries += 1;
      return tries === 1
        ? { kind: 'retry', reason: 'too-many', code: 'delivery.too-many', message: 'slow', afterMs: 30_000 }
        : undefined;
    };
    await desk.tick([sample(99)]);
    await desk.clock.advance(29_000);
    expect(tries).toBe(1);
    await desk.clock.advance(2_000);
    expect(desk.words).toEqual(['fired load']);
  });

  it('gives up after a day, and says why', async () => {
    const desk = await open();
    desk.answer = () => ({
      kind: 'retry',
      reason: 'unknown-host',
      code: 'delivery.unknown-host',
      message: 'no such name',
    });
    await desk.tick([sample(99)]);
    await desk.clock.advance(25 * 3_600_000);
    expect((await log(desk)).at(-1)).toBe('gave-up unknown-host');
    expect(desk.outbox.waiting('test')).toBe(0);
    expect(desk.outbox.lastDelivery('test')).toMatchObject({ ok: false, reason: 'unknown-host' });
  }, 60_000);

  it('gives up at once what no repeat can mend, and goes on with the next', async () => {
    const desk = await open();
    desk.answer = ({ items }) =>
      items[0]?.kind === 'fired'
        ? { kind: 'refused', reason: 'login-refused', code: 'delivery.login-refused', message: 'wrong password' }
        : undefined;
    await desk.tick([sample(99)]);
    await desk.tick([sample(1)]);
    expect(desk.words).toEqual(['resolved load']);
    expect(await log(desk)).toEqual(['gave-up login-refused', 'delivered delivered']);
  });

  it('takes up after a restart what had not been delivered, under the same id', async () => {
    const desk = await open();
    const ids: string[] = [];
    let isUp = false;
    desk.answer = ({ id }) => {
      ids.push(id);
      return isUp
        ? undefined
        : { kind: 'retry', reason: 'connection-refused', code: 'delivery.connection-refused', message: 'nobody there' };
    };
    await desk.tick([sample(99)]);
    await desk.restart(60_000);
    await desk.clock.advance(0);
    isUp = true;
    await desk.clock.advance(20_000);
    expect(desk.words).toEqual(['fired load']);
    expect(new Set(ids).size).toBe(1);
  });

  it('does not repeat after a restart what was delivered', async () => {
    const desk = await open();
    await desk.tick([sample(99)]);
    await desk.restart(1_000);
    await desk.tick([sample(99)]);
    await desk.tick([sample(1)]);
    expect(desk.words).toEqual(['fired load', 'resolved load']);
  });

  it('goes on while the store fails, says so, and stores it all once it can', async () => {
    const desk = await open();
    desk.records.fail = 'disk full';
    await desk.tick([sample(99)]);
    expect(desk.words).toEqual(['fired load']);
    expect(desk.stage.failure).toBe('disk full');
    desk.records.fail = undefined;
    await desk.clock.advance(6_000);
    expect(desk.stage.failure).toBeUndefined();
    expect(await desk.records.history({ from: 0, until: 1e15, limit: 10 })).toHaveLength(1);
    // Stored as delivered: a restart does not send it again.
    expect((await desk.records.load()).outbox).toEqual([]);
  });

  it('does not wait for a store that hangs', async () => {
    const desk = await open();
    desk.records.hang = true;
    await desk.tick([sample(99)]);
    expect(desk.words).toEqual([]);
    await desk.clock.advance(2_000);
    expect(desk.words).toEqual(['fired load']);
  });

  it('keeps to the rate of the channel, and what waits is told together', async () => {
    const channel = { id: 'test', kind: 'test', title: 'Test', maxPerMinute: 2 };
    const desk = await open({ notify: { channels: [channel], routes: { warning: ['test'] } } });
    for (let count = 1; count <= 20; count += 1)
      await desk.tick(Array.from({ length: count }, (_, index) => sample(99, String(index))));
    expect(desk.told.map(({ notification }) => notification.items.length)).toEqual([1, 1]);
    await desk.clock.advance(30_000);
    expect(desk.told.map(({ notification }) => notification.items.length)).toEqual([1, 1, 18]);
  });

  it('writes down why it did not tell', async () => {
    const desk = await open();
    desk.stage.silence({ rule: 'load', labels: {}, minutes: 5, by: 'ada' });
    await desk.tick([sample(99)]);
    await desk.tick([sample(99)]);
    expect(await log(desk)).toEqual(['not-sent silenced']);
  });

  it('tells a channel of a rule alone when the rule names it', async () => {
    const channels = ['a', 'b'].map((id) => ({ id, kind: 'test', title: id, maxPerMinute: 60 }));
    const own = { ...rule, levels: { warning: { threshold: 90, channels: ['b'] } } };
    const desk = await open({ rules: [own], notify: { channels, routes: { warning: ['a'] } } });
    await desk.tick([sample(99)]);
    expect(desk.told.map(({ channel }) => channel)).toEqual(['b']);
  });

  it('lets one channel that is down not hold up another', async () => {
    const channels = ['a', 'b'].map((id) => ({ id, kind: 'test', title: id, maxPerMinute: 60 }));
    const desk = await open({ notify: { channels, routes: { warning: ['a', 'b'] } } });
    desk.answer = (_, channel) =>
      channel === 'a'
        ? { kind: 'retry', reason: 'server-error', code: 'delivery.server-error', message: 'down' }
        : undefined;
    await desk.tick([sample(99)]);
    expect(desk.told.map(({ channel }) => channel)).toEqual(['b']);
  });

  it('tells a channel that keeps a state again while the alert lasts, also after a restart, and not after its end', async () => {
    const desk = await open({ resendMs: 60_000 });
    await desk.tick([sample(99)]);
    await desk.clock.advance(60_000);
    await desk.restart(1_000);
    await desk.tick([sample(99)]);
    await desk.clock.advance(60_000);
    await desk.tick([sample(1)]);
    await desk.clock.advance(180_000);
    expect(desk.words).toEqual(['fired load', 'reminder load', 'reminder load', 'resolved load']);
    // The log has what happened, not each telling.
    expect(await log(desk)).toEqual(['delivered delivered', 'delivered delivered']);
  });

  it('lets the end of an alert not overtake a telling that is still on its way', async () => {
    const desk = await open({ resendMs: 60_000 });
    await desk.tick([sample(99)]);
    let arrive: (delivery: Delivery) => void = () => {};
    desk.answer = ({ items }) =>
      items[0]?.kind === 'reminder' ? new Promise((resolve) => (arrive = resolve)) : undefined;
    await desk.clock.advance(60_000);
    await desk.tick([sample(1)]);
    expect(desk.words).toEqual(['fired load']);
    arrive({ kind: 'delivered' });
    await desk.clock.advance(0);
    expect(desk.words).toEqual(['fired load', 'reminder load', 'resolved load']);
  });

  it('names the culprits in the alert, averaged over the breach, and keeps them in the history', async () => {
    const row = {
      parent: null,
      startedBy: null,
      cpuCores: 0,
      memoryBytes: 0,
      diskBytesPerSecond: null,
      startedAt: null,
    };
    let second = 0;
    const desk = await open({
      rules: [{ ...rule, holdSeconds: 3, culprits: 'cpu' }],
      processes: () => ({
        at: second,
        total: 2,
        cores: 2,
        apps: [],
        rows: [
          { ...row, pid: 1, name: 'cc1', label: 'compiler', cpuCores: 1 + 0.2 * second },
          { ...row, pid: 2, name: 'idle', label: 'idle' },
        ],
      }),
    });
    for (; second < 4; second += 1) await desk.tick([sample(99)]);
    expect(desk.told[0]?.notification.items[0]?.alert.culprits).toEqual([
      { name: 'compiler', processes: 1, pid: 1, value: 65 },
    ]);
    const [entry] = await desk.records.history({ from: 0, until: 1e15, limit: 1 });
    expect(entry?.transitions[0]?.alert.culprits[0]?.name).toBe('compiler');
  });
});
