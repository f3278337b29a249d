/**
 * The life of one alert as a pure function: `step(previous, observation, timing, now)`. Nothing here reads a clock;
 * time that did not happen (sleep, a stopped monitor) is taken out by `shift` before the next step.
 *
 *   ok ──breached──► pending ──held──► firing ──cleared, kept──► ok, cooling down
 *                       └──not breached──► ok
 */
import { changeRatio, type FlapHistory, isFlapping, recordCheck } from './flap-history.ts';
import type { Observation } from './observe.ts';

type NoDataPolicy = 'keep' | 'resolve' | 'fire';

export interface AlertTiming {
  readonly holdMs: number;
  readonly keepFiringMs: number;
  readonly coolDownMs: number;
  readonly noData: NoDataPolicy;
  /** Time between two checks of the flap detection; undefined: none. */
  readonly flapCheckMs: number | undefined;
}

/** What is remembered between two steps; undefined stands for an alert that is ok and has nothing behind it. */
export interface AlertState {
  readonly phase: 'ok' | 'pending' | 'firing';
  /** When the condition began. */
  readonly since: number;
  /** `since`, moved on by time without samples: the hold time counts from here. */
  readonly heldFrom: number;
  readonly firedAt?: number;
  /** Firing, but the condition ended here; moved on like `heldFrom`. */
  readonly clearFrom?: number;
  /** Can't fire before. */
  readonly coolUntil: number;
  readonly checkedAt: number;
  readonly withoutDataFrom?: number;
  readonly flap?: FlapHistory;
  readonly isFlapping: boolean;
}

type StepKind = 'began' | 'dropped' | 'fired' | 'resolved' | 'flapping';
type StepReason = 'breached' | 'not-held' | 'held' | 'cleared' | 'vanished' | 'no-data' | 'unsteady';

export interface Step {
  readonly state: AlertState | undefined;
  readonly kind?: StepKind;
  readonly reason?: StepReason;
}

/** A series that has been silent for this long is taken for gone: its process ended, its disk was unplugged. */
export const vanishedMs = 15 * 60_000;

export function step(
  previous: AlertState | undefined,
  observation: Observation,
  timing: AlertTiming,
  now: number,
): Step {
  if (observation === 'no-data' && timing.noData === 'keep') return withoutData(previous, now);
  const isBreached = observation === 'breached' || (observation === 'no-data' && timing.noData === 'fire');
  const isBeyondLeave = isBreached || observation === 'between';
  const seen = look(previous, isBreached || (previous?.phase === 'firing' && isBeyondLeave), timing, now);

  if (seen === undefined || seen.phase === 'ok') {
    if (!isBreached) return { state: forgettable(seen, now) ? undefined : seen };
    return hold({ ...(seen ?? fresh(now)), phase: 'pending', since: now, heldFrom: now }, timing, now, true);
  }
  if (seen.phase === 'pending') {
    if (isBreached) return hold(seen, timing, now, false);
    const state: AlertState = { ...seen, phase: 'ok' };
    return { state: forgettable(state, now) ? undefined : state, kind: 'dropped', reason: 'not-held' };
  }
  const beganToFlap = seen.isFlapping && previous?.isFlapping === false;
  const flapping = beganToFlap ? ({ kind: 'flapping', reason: 'unsteady' } as const) : {};
  if (isBeyondLeave) {
    const { clearFrom: _, ...state } = seen;
    return { state, ...flapping };
  }
  const clearFrom = seen.clearFrom ?? now;
  if (now - clearFrom < timing.keepFiringMs || seen.isFlapping) return { state: { ...seen, clearFrom }, ...flapping };
  return resolve(seen, timing, now, observation === 'no-data' ? 'no-data' : 'cleared');
}

/** Takes time out in which nothing was measured: holds and keep-firing stand still, cooling down goes on. */
export function shift(state: AlertState, byMs: number): AlertState {
  return {
    ...state,
    heldFrom: state.heldFrom + byMs,
    checkedAt: state.checkedAt + byMs,
    ...(state.clearFrom !== undefined && { clearFrom: state.clearFrom + byMs }),
    ...(state.withoutDataFrom !== undefined && { withoutDataFrom: state.withoutDataFrom + byMs }),
    ...(state.flap !== undefined && { flap: { ...state.flap, at: state.flap.at + byMs } }),
  };
}

const fresh = (now: number): AlertState => ({
  phase: 'ok',
  since: now,
  heldFrom: now,
  coolUntil: 0,
  checkedAt: now,
  isFlapping: false,
});

/** Everything that a check notes whatever comes of it. */
function look(
  previous: AlertState | undefined,
  isBreached: boolean,
  timing: AlertTiming,
  now: number,
): AlertState | undefined {
  if (previous === undefined && !isBreached) return undefined;
  // Up to this sample there were none: that time counts for nothing.
  const silentMs = previous?.withoutDataFrom === undefined ? 0 : now - previous.checkedAt;
  const { withoutDataFrom: _, ...state } = previous === undefined ? fresh(now) : shift(previous, silentMs);
  if (timing.flapCheckMs === undefined) return { ...state, checkedAt: now };
  const flap = recordCheck(state.flap, isBreached, now, timing.flapCheckMs);
  return { ...state, checkedAt: now, flap, isFlapping: isFlapping(flap, state.isFlapping) };
}

function hold(state: AlertState, timing: AlertTiming, now: number, isNew: boolean): Step {
  if (now - state.heldFrom < timing.holdMs || now < state.coolUntil)
    return isNew ? { state, kind: 'began', reason: 'breached' } : { state };
  return {
    state: { ...state, phase: 'firing', firedAt: now },
    kind: 'fired',
    reason: state.isFlapping ? 'unsteady' : 'held',
  };
}

function resolve(state: AlertState, timing: AlertTiming, now: number, reason: StepReason): Step {
  const { firedAt: _, clearFrom: __, withoutDataFrom: ___, ...rest } = state;
  const after: AlertState = { ...rest, phase: 'ok', coolUntil: now + timing.coolDownMs };
  return { state: forgettable(after, now) ? undefined : after, kind: 'resolved', reason };
}

function withoutData(previous: AlertState | undefined, now: number): Step {
  if (previous === undefined) return { state: undefined };
  const withoutDataFrom = previous.withoutDataFrom ?? now;
  if (now - withoutDataFrom >= vanishedMs) {
    if (previous.phase === 'firing') return { state: undefined, kind: 'resolved', reason: 'vanished' };
    return { state: undefined, ...(previous.phase === 'pending' && { kind: 'dropped', reason: 'vanished' }) };
  }
  return { state: { ...shift(previous, now - previous.checkedAt), checkedAt: now, withoutDataFrom } };
}

/** Nothing is lost by forgetting it: cooled down, and steady for all the checks that are looked at. */
function forgettable(state: AlertState | undefined, now: number): boolean {
  if (state === undefined) return true;
  return now >= state.coolUntil && (state.flap === undefined || changeRatio(state.flap) === 0);
}
