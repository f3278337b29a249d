import { describe, expect, it } from 'vitest';
import { adaptIntervals, chooseIntervals } from '../../src-main/sampling/adapt-intervals.ts';
import {
  batteryIntervals,
  hiddenIntervals,
  type Intervals,
  normalIntervals,
} from '../../src-main/sampling/slow-down.ts';
import { FakeClock } from '../support/fake-clock.ts';

const given = { isOnBattery: false, isWatched: true, slowerOnBattery: true, slowerWhenHidden: true };

describe('the intervals of sampling', () => {
  it('is slower on battery and while nobody looks, unless the user wants it otherwise', () => {
    expect(chooseIntervals(given)).toBe(normalIntervals);
    expect(chooseIntervals({ ...given, isOnBattery: true })).toBe(batteryIntervals);
    expect(chooseIntervals({ ...given, isWatched: false })).toBe(hiddenIntervals);
    expect(chooseIntervals({ ...given, isOnBattery: true, slowerOnBattery: false })).toBe(normalIntervals);
    expect(chooseIntervals({ ...given, isWatched: false, slowerWhenHidden: false })).toBe(normalIntervals);
  });

  it('is set when it changes, and only then', async () => {
    const clock = new FakeClock();
    const seen: Intervals[] = [];
    let isOnBattery = false;
    const keeping = adaptIntervals(
      clock,
      () => ({ ...given, isOnBattery }),
      (intervals) => seen.push(intervals),
    );
    await clock.advance(20_000);
    isOnBattery = true;
    await clock.advance(20_000);
    isOnBattery = false;
    await clock.advance(20_000);
    expect(seen).toEqual([batteryIntervals, normalIntervals]);
    keeping[Symbol.dispose]();
  });
});
