/**
 * Where the time scale of a chart has its labels: at round times of the local day. Pure but for the system's time zone.
 */
import { dayMs, hourMs, minuteMs, secondMs } from '@contract/shared/durations.ts';

const [second, minute, hour, day] = [secondMs, minuteMs, hourMs, dayMs];
/** Each divides the next larger unit, so that every day has the same ones. */
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => ({ unit: second, count })),
  ...[1, 2, 5, 10, 15, 30].map((count) => ({ unit: minute, count })),
  ...[1, 2, 4, 6, 12].map((count) => ({ unit: hour, count })),
  ...[1, 2, 5, 10, 30, 90, 365].map((count) => ({ unit: day, count })),
];
const maxTicks = 6;
/** Beyond this a label is a day without a time. */
const daysOnlyMs = 2 * day;

export function timeTicks(from: number, until: number): readonly number[] {
  const span = until - from;
  const atLeast = Math.max(span / maxTicks, span > daysOnlyMs ? day : 0);
  const { unit, count } = steps.find((step) => step.unit * step.count >= atLeast) ?? { unit: day, count: 365 };
  const ticks: number[] = [];
  const at = startOf(from, unit, count);
  for (; at.getTime() <= until; forward(at, unit, count)) if (at.getTime() >= from) ticks.push(at.getTime());
  return ticks;
}

/**
 * The last round time before. By the local clock: a day with a change of summer time has its labels where the others
 * have them.
 */
function startOf(from: number, unit: number, count: number): Date {
  const at = new Date(from);
  at.setMilliseconds(0);
  const round = (value: number): number => value - (value % count);
  if (unit === second) at.setSeconds(round(at.getSeconds()));
  else if (unit === minute) at.setMinutes(round(at.getMinutes()), 0);
  else if (unit === hour) at.setHours(round(at.getHours()), 0, 0);
  else at.setHours(0, 0, 0);
  return at;
}

function forward(at: Date, unit: number, count: number): void {
  if (unit === day) at.setDate(at.getDate() + count);
  else if (unit === hour) at.setHours(at.getHours() + count);
  // Not by the local clock: where an hour comes twice, it would stand still.
  else at.setTime(at.getTime() + unit * count);
}
