/**
 * The heartbeat: one tick a second on a grid of the monotonic clock whose lines fall on whole seconds of the wall
 * clock, so that neither slow ticks nor timers add drift. A tick that could not happen is never made up for: it is
 * counted and becomes a Gap with its cause. `at` grows strictly from tick to tick, whatever the wall clock does.
 */
import type { Gap, GapCause } from '../contract/batch.ts';
import type { Clock } from '../platform/clock.ts';

export interface Tick {
  /** Wall clock of the grid line, ms since the epoch. */
  readonly at: number;
  readonly monotonic: number;
  /** How long after its grid line the tick came, ms. */
  readonly lateMs: number;
  /** The silence that ended with this tick. */
  readonly gap?: Gap;
}

export interface TickStatistics {
  readonly ticks: number;
  /** Came more than `lateAfterMs` after their time. */
  readonly late: number;
  /** Never came. */
  readonly missed: number;
  readonly lastLateMs: number;
}

export interface TickOptions {
  readonly everyMs?: number;
  /**
   * Seconds since boot including sleep (`os.uptime`). With it, sleep is told from a blocked process on systems whose
   * monotonic clock stands still while asleep, and from a clock that was set.
   */
  readonly uptimeSeconds?: () => number;
  /** Strictly before the first tick, e.g. the last stored batch. */
  readonly after?: number;
}

export interface TickTimer extends Disposable {
  /** Stops ticking; the silence becomes a gap "paused" with the first tick after `resume`. */
  pause(): void;
  resume(): void;
  statistics(): TickStatistics;
}

const lateAfterMs = 100;
/** Clocks are read one after the other and uptime has 10 ms steps; below this a difference means nothing. */
const jumpMs = 1_500;
/**
 * Without the clocks telling, a silence this long with timers due is taken for sleep: no load blocks a process for so
 * long.
 */
const surelyAsleepMs = 20_000;
/** NTP slews the wall clock by up to 0.5 ms a second; the grid follows once it is this far off. */
const regridMs = 30;

interface Reading {
  readonly wall: number;
  readonly monotonic: number;
  readonly uptime: number | undefined;
}

/** Why there was nothing between two readings of the clocks, or undefined when nothing is missing. */
function causeOfSilence(before: Reading, now: Reading, everyMs: number): GapCause | undefined {
  const wall = now.wall - before.wall;
  const awake = now.monotonic - before.monotonic;
  const sinceBoot =
    now.uptime === undefined || before.uptime === undefined ? awake : (now.uptime - before.uptime) * 1_000;
  if (sinceBoot - awake > jumpMs) return 'sleep';
  const missed = awake >= 2 * everyMs;
  // Both clocks ran on through the silence, as they do asleep on some systems.
  if (missed && awake > surelyAsleepMs) return 'sleep';
  if (Math.abs(wall - sinceBoot) > jumpMs) return 'clock-change';
  return missed ? 'overloaded' : undefined;
}

export function startTick(clock: Clock, onTick: (tick: Tick) => void, options: TickOptions = {}): TickTimer {
  const { everyMs = 1_000, uptimeSeconds } = options;
  const read = (): Reading => ({ wall: clock.now(), monotonic: clock.monotonic(), uptime: uptimeSeconds?.() });
  let due = clock.monotonic();
  let last: Reading | undefined;
  let lastAt = options.after ?? 0;
  let isPaused = false;
  let wasPaused = false;
  let timer: Disposable | undefined;
  let ticks = 0;
  let late = 0;
  let missed = 0;
  let lastLateMs = 0;

  const arm = (): void => {
    timer = clock.after(Math.max(0, due - clock.monotonic()), fire);
  };

  const fire = (): void => {
    const now = read();
    // Timers may fire a fraction of a millisecond early.
    if (now.monotonic < due - 0.5) {
      arm();
      return;
    }
    const lateMs = Math.max(0, now.monotonic - due) % everyMs;
    const skipped = Math.floor(Math.max(0, now.monotonic - due) / everyMs);
    const line = nearestLine(now.wall - lateMs, everyMs);
    // A clock that was set back is met half-way: time goes on at half speed until the clock has caught up.
    const at = line > lastAt ? line : lastAt + everyMs / 2;
    const cause = wasPaused ? 'paused' : last && causeOfSilence(last, now, everyMs);
    const gap: Gap | undefined =
      cause === undefined || last === undefined ? undefined : { from: lastAt + everyMs, until: at, cause };
    ticks += 1;
    lastLateMs = lateMs;
    if (lateMs > lateAfterMs || skipped > 0) late += 1;
    if (!wasPaused) missed += skipped;
    last = now;
    lastAt = at;
    wasPaused = false;
    due += (skipped + 1) * everyMs;
    due += correctionToWholeSeconds(now, due, everyMs);
    arm();
    onTick({ at, monotonic: now.monotonic, lateMs, ...(gap && gap.until > gap.from && { gap }) });
  };

  arm();
  return {
    pause() {
      if (isPaused) return;
      isPaused = true;
      timer?.[Symbol.dispose]();
    },
    resume() {
      if (!isPaused) return;
      isPaused = false;
      wasPaused = last !== undefined;
      due = clock.monotonic();
      arm();
    },
    statistics: () => ({ ticks, late, missed, lastLateMs }),
    [Symbol.dispose]() {
      timer?.[Symbol.dispose]();
    },
  };
}

/** Wall time on the grid, or to the millisecond where the tick is off it (the first one, and after a clock change). */
function nearestLine(wall: number, everyMs: number): number {
  const line = Math.round(wall / everyMs) * everyMs;
  return Math.abs(wall - line) < 2 * regridMs ? line : Math.round(wall);
}

/**
 * What to add to the next due time so that it falls on a whole second of the wall clock; 0 while it is close enough.
 */
function correctionToWholeSeconds(now: Reading, due: number, everyMs: number): number {
  const wallAtDue = now.wall + (due - now.monotonic);
  const past = ((wallAtDue % everyMs) + everyMs) % everyMs;
  const off = past > everyMs / 2 ? past - everyMs : past;
  if (Math.abs(off) < regridMs) return 0;
  // Never bring the next tick closer than half an interval: that would be two ticks for one second.
  const isTooClose = due - off - now.monotonic < everyMs / 2;
  return isTooClose ? everyMs - off : -off;
}
