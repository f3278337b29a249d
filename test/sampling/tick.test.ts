import { describe, expect, it } from 'vitest';
import { startTick, type Tick } from '../../src-main/sampling/tick.ts';
import { FakeClock } from '../support/fake-clock.ts';

const start = Date.UTC(2026, 0, 1);
/** A machine with the three clocks apart: asleep, `monotonic` may stand still while wall and uptime go on. */
class Machine extends FakeClock {
  #asleep = 0;
  uptime = (): number => (super.monotonic() + this.#asleep) / 1_000;
  override now(): number {
    return super.now() + this.#asleep;
  }
  suspend(ms: number): void {
    this.#asleep += ms;
  }
}

function ticking(clock: FakeClock, uptimeSeconds?: () => number) {
  const ticks: Tick[] = [];
  const timer = startTick(clock, (tick) => ticks.push(tick), { ...(uptimeSeconds && { uptimeSeconds }) });
  return { ticks, timer };
}

describe('the tick', () => {
  it('comes at once and then on every whole second of the wall clock', async () => {
    const clock = new FakeClock(start + 400);
    const { ticks } = ticking(clock);
    await clock.advance(3_700);
    expect(ticks.map(({ at }) => at - start)).toEqual([400, 1_000, 2_000, 3_000, 4_000]);
  });

  it('does not drift when each tick comes late', async () => {
    const clock = new FakeClock(start);
    const ticks: Tick[] = [];
    startTick(clock, (tick) => {
      ticks.push(tick);
      clock.sleepMachine(37);
    });
    await clock.advance(100_000);
    expect(ticks.length).toBeGreaterThanOrEqual(100);
    expect(ticks.every(({ at }) => (at - start) % 1_000 === 0)).toBe(true);
    expect(ticks.every(({ gap }) => gap === undefined)).toBe(true);
  });

  it('counts seconds that a blocked process missed and does not replay them', async () => {
    const clock = new FakeClock(start);
    const { ticks, timer } = ticking(clock);
    await clock.advance(2_000);
    clock.sleepMachine(5_300);
    await clock.advance(1_000);
    expect(ticks.map(({ at }) => at - start)).toEqual([0, 1_000, 2_000, 7_000, 8_000]);
    expect(ticks[3]?.gap).toEqual({ from: start + 3_000, until: start + 7_000, cause: 'overloaded' });
    expect(timer.statistics()).toMatchObject({ ticks: 5, late: 1, missed: 4 });
  });

  it('knows sleep from the uptime where the monotonic clock stands still', async () => {
    const clock = new Machine(start);
    const { ticks } = ticking(clock, clock.uptime);
    await clock.advance(2_000);
    clock.suspend(60_000);
    await clock.advance(1_000);
    expect(ticks[3]).toMatchObject({
      at: start + 63_000,
      gap: { from: start + 3_000, until: start + 63_000, cause: 'sleep' },
    });
  });

  it('takes a long silence on all clocks for sleep', async () => {
    const clock = new FakeClock(start);
    const { ticks } = ticking(clock);
    await clock.advance(1_000);
    clock.sleepMachine(3_600_000);
    await clock.advance(1_000);
    expect(ticks[2]?.gap).toMatchObject({ cause: 'sleep' });
  });

  it('records a clock set forward as a gap and goes on at the new time', async () => {
    const clock = new FakeClock(start);
    const { ticks } = ticking(clock);
    await clock.advance(1_000);
    clock.jumpWall(3_600_000);
    await clock.advance(2_000);
    expect(ticks[2]).toMatchObject({ at: start + 3_602_000, gap: { cause: 'clock-change' } });
    expect(ticks[3]?.gap).toBeUndefined();
  });

  it('never goes back in time: a clock set back is met at half speed', async () => {
    const clock = new FakeClock(start);
    const { ticks } = ticking(clock);
    await clock.advance(10_000);
    clock.jumpWall(-5_000);
    await clock.advance(15_000);
    const times = ticks.map(({ at }) => at - start);
    expect(times.every((at, index) => index === 0 || at > (times[index - 1] as number))).toBe(true);
    expect(times.at(-1)).toBe(20_000);
  });

  it('says that it was paused', async () => {
    const clock = new FakeClock(start);
    const { ticks, timer } = ticking(clock);
    await clock.advance(1_000);
    timer.pause();
    await clock.advance(60_000);
    expect(ticks).toHaveLength(2);
    timer.resume();
    await clock.advance(0);
    expect(ticks[2]?.gap).toEqual({ from: start + 2_000, until: start + 61_000, cause: 'paused' });
    expect(timer.statistics().missed).toBe(0);
  });

  it('starts after the last stored batch even if the clock lies before it', async () => {
    const clock = new FakeClock(start);
    const ticks: Tick[] = [];
    startTick(clock, (tick) => ticks.push(tick), { after: start + 2_000 });
    await clock.advance(1_000);
    expect(ticks.map(({ at }) => at - start)).toEqual([2_500, 3_000]);
  });
});
