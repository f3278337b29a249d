import { describe, expect, it } from 'vitest';
import { choosePace, keepPace } from '../../src-main/sampling/keep-pace.ts';
import { batteryPace, hiddenPace, normalPace, type Pace } from '../../src-main/sampling/slow-down.ts';
import { FakeClock } from '../support/fake-clock.ts';

const given = { isOnBattery: false, isWatched: true, slowerOnBattery: true, slowerWhenHidden: true };

describe('the pace of sampling', () => {
  it('is slower on battery and while nobody looks, unless the user wants it otherwise', () => {
    expect(choosePace(given)).toBe(normalPace);
    expect(choosePace({ ...given, isOnBattery: true })).toBe(batteryPace);
    expect(choosePace({ ...given, isWatched: false })).toBe(hiddenPace);
    expect(choosePace({ ...given, isOnBattery: true, slowerOnBattery: false })).toBe(normalPace);
    expect(choosePace({ ...given, isWatched: false, slowerWhenHidden: false })).toBe(normalPace);
  });

  it('is set when it changes, and only then', async () => {
    const clock = new FakeClock();
    const paces: Pace[] = [];
    let isOnBattery = false;
    const keeping = keepPace(
      clock,
      () => ({ ...given, isOnBattery }),
      (pace) => paces.push(pace),
    );
    await clock.advance(20_000);
    isOnBattery = true;
    await clock.advance(20_000);
    isOnBattery = false;
    await clock.advance(20_000);
    expect(paces).toEqual([batteryPace, normalPace]);
    keeping[Symbol.dispose]();
  });
});
