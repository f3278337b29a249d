import { describe, expect, it } from 'vitest';
import {
  type AlertState,
  type AlertTiming,
  shift,
  step,
  vanishedMs,
} from '../../src-main/alerts/engine/alert-state.ts';
import type { Observation } from '../../src-main/alerts/engine/observe.ts';

const timing: AlertTiming = {
  holdMs: 10_000,
  keepFiringMs: 0,
  coolDownMs: 0,
  noData: 'keep',
  flapCheckMs: undefined,
};
const second = 1000;

/** Runs observations at 1 s and tells what happened at which second. */
function run(observations: readonly Observation[], changes: Partial<AlertTiming> = {}, from?: AlertState) {
  let state = from;
  const events: string[] = [];
  observations.forEach((observation, index) => {
    const result = step(state, observation, { ...timing, ...changes }, index * second);
    state = result.state;
    if (result.kind !== undefined) events.push(`${index} ${result.kind} ${result.reason}`);
  });
  return { state, events };
}
const times = (count: number, observation: Observation): Observation[] => new Array(count).fill(observation);

describe('an alert', () => {
  it('is remembered by nothing while all is well', () => {
    expect(run(times(5, 'cleared'))).toEqual({ state: undefined, events: [] });
  });

  it('is pending at first and fires once the condition has held long enough', () => {
    expect(run(times(12, 'breached')).events).toEqual(['0 began breached', '10 fired held']);
  });

  it('fires at once without a hold time', () => {
    expect(run(['breached'], { holdMs: 0 }).events).toEqual(['0 fired held']);
  });

  it('forgets a spike shorter than the hold time', () => {
    const { state, events } = run([...times(9, 'breached'), 'cleared']);
    expect(events).toEqual(['0 began breached', '9 dropped not-held']);
    expect(state).toBeUndefined();
  });

  it('counts the hold only while beyond the threshold, not between the levels', () => {
    expect(run(['breached', 'between']).events).toEqual(['0 began breached', '1 dropped not-held']);
  });

  it('stays firing between the levels and resolves at the recovery threshold', () => {
    const { events } = run(['breached', ...times(20, 'between'), 'cleared'], { holdMs: 0 });
    expect(events).toEqual(['0 fired held', '21 resolved cleared']);
  });

  it('resolves only after the condition has been over for the keep-firing time', () => {
    const { events } = run(['breached', ...times(3, 'cleared'), 'breached', ...times(6, 'cleared')], {
      holdMs: 0,
      keepFiringMs: 5 * second,
    });
    expect(events).toEqual(['0 fired held', '10 resolved cleared']);
  });

  it('can not fire again while it cools down, and fires right after it', () => {
    const { events } = run(['breached', 'cleared', ...times(20, 'breached')], { holdMs: 0, coolDownMs: 10 * second });
    expect(events).toEqual(['0 fired held', '1 resolved cleared', '2 began breached', '11 fired held']);
  });

  it('holds its breath without data: a pending one waits, a firing one stays', () => {
    const { events } = run([...times(5, 'breached'), ...times(100, 'no-data'), ...times(7, 'breached')]);
    // Seconds 0–4 and 105–… count; 100 seconds of silence do not, nor the one that ends it.
    expect(events).toEqual(['0 began breached', '111 fired held']);
    expect(run(['breached', ...times(100, 'no-data')], { holdMs: 0 }).state?.phase).toBe('firing');
  });

  it('takes a series for gone after a quarter of an hour without data', () => {
    const { events, state } = run(['breached', ...times(vanishedMs / second + 1, 'no-data')], { holdMs: 0 });
    expect(events.at(-1)).toMatch(/resolved vanished$/);
    expect(state).toBeUndefined();
  });

  it('resolves without data where the rule says so', () => {
    expect(run(['breached', 'no-data'], { holdMs: 0, noData: 'resolve' }).events).toEqual([
      '0 fired held',
      '1 resolved no-data',
    ]);
  });

  it('fires for missing data where the rule says so', () => {
    expect(run(times(12, 'no-data'), { noData: 'fire' }).events).toEqual(['0 began breached', '10 fired held']);
  });

  it('never begins for missing data otherwise', () => {
    expect(run(times(50, 'no-data'), { noData: 'keep', holdMs: 0 }).events).toEqual([]);
    expect(run(times(50, 'no-data'), { noData: 'resolve', holdMs: 0 }).events).toEqual([]);
  });

  it('stays pending while the machine sleeps: eight hours of sleep are no hold time', () => {
    const before = run(times(5, 'breached')).state as AlertState;
    const asleep = 8 * 3_600_000;
    const after = shift(before, asleep);
    expect(step(after, 'breached', timing, 5 * second + asleep).state?.phase).toBe('pending');
    expect(step(after, 'breached', timing, 10 * second + asleep).kind).toBe('fired');
  });

  it('is held while it keeps coming and going, told once, and resolves when it is steady', () => {
    const round: Observation[] = ['breached', 'breached', 'cleared', 'cleared'];
    const { events } = run([...new Array(8).fill(round).flat(), ...times(40, 'cleared')], {
      holdMs: 0,
      flapCheckMs: second,
    });
    expect(events.filter((event) => event.includes('unsteady'))).toHaveLength(1);
    expect(events.filter((event) => event.includes('fired')).length).toBeLessThan(5);
    expect(events.at(-1)).toMatch(/resolved cleared/);
  });
});
