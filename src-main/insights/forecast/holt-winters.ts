/** Exponential smoothing with a daily and a weekly season and an AR(1) of the errors, one pass for all origins. */
export interface Smoothing {
  readonly level: number;
  readonly trend: number;
  readonly day: number;
  readonly week: number;
  readonly carry: number;
  /** Smooths logarithms: seasons multiply. */
  readonly isRatio: boolean;
}

/** Forecasts at each origin (ascending); null where the series is too short for a day and two. */
export function smooth(
  values: Float64Array,
  origins: readonly number[],
  horizon: number,
  periods: { readonly day: number; readonly week: number },
  parameters: Smoothing,
): (Float64Array | null)[] {
  const { day, week } = periods;
  const usesWeek = week > day && values.length >= week * 2 + 1;
  const first = usesWeek ? week : day;
  const change = parameters.isRatio ? Math.log : (value: number) => value;
  const days = new Float64Array(day);
  const weeks = new Float64Array(usesWeek ? week : 1);
  let level = 0;
  for (let index = 0; index < first; index++) level += change(values[index] as number) / first;
  const dayCycles = Math.floor(first / day);
  for (let index = 0; index < dayCycles * day; index++)
    days[index % day] = (days[index % day] as number) + (change(values[index] as number) - level) / dayCycles;
  if (usesWeek)
    for (let index = 0; index < week; index++)
      weeks[index] = 0.5 * (change(values[index] as number) - level - (days[index % day] as number));
  let [trend, error] = [0, 0];
  const results: (Float64Array | null)[] = [];
  let next = 0;
  for (let index = first; index <= values.length; index++) {
    while (next < origins.length && (origins[next] as number) <= index) {
      const origin = origins[next++] as number;
      if (origin < index || origin < day * 2) {
        results.push(null);
        continue;
      }
      const forecast = new Float64Array(horizon);
      let [carried, damped] = [error, 0];
      for (let ahead = 0; ahead < horizon; ahead++) {
        carried *= parameters.carry;
        damped = damped * 0.95 + trend;
        const place = origin + ahead;
        const raw =
          level + damped + (days[place % day] as number) + (usesWeek ? (weeks[place % week] as number) : 0) + carried;
        forecast[ahead] = parameters.isRatio ? Math.exp(raw) : raw;
      }
      results.push(forecast);
    }
    if (index === values.length) break;
    const value = change(values[index] as number);
    const [dayAt, weekAt] = [index % day, usesWeek ? index % week : 0];
    const plain = level + 0.95 * trend + (days[dayAt] as number) + (weeks[weekAt] as number);
    const surprise = value - plain - parameters.carry * error;
    error = value - plain;
    const before = level;
    level += 0.95 * trend + parameters.level * surprise;
    trend = 0.95 * trend + parameters.trend * (level - before - 0.95 * trend);
    days[dayAt] = (days[dayAt] as number) + parameters.day * surprise;
    if (usesWeek) weeks[weekAt] = (weeks[weekAt] as number) + parameters.week * surprise;
    if (!Number.isFinite(level)) break;
  }
  while (results.length < origins.length) results.push(null);
  return results;
}

const grid: readonly (readonly [level: number, trend: number, day: number, week: number, carry: number])[] = [
  [0.01, 0, 0.1, 0.1, 0.9],
  [0.01, 0, 0.2, 0.3, 0.95],
  [0.03, 0, 0.1, 0.3, 0.8],
  [0.05, 0, 0.3, 0.2, 0.9],
  [0.1, 0, 0.1, 0.3, 0.6],
  [0.1, 0.02, 0.3, 0.3, 0.4],
  [0.3, 0, 0.2, 0.3, 0],
  [0.5, 0.05, 0.3, 0.3, 0],
  [0.9, 0, 0.3, 0.3, 0],
  [0.003, 0, 0.05, 0.4, 0.97],
];

export const smoothings: readonly Smoothing[] = [false, true].flatMap((isRatio) =>
  grid.map(([level, trend, day, week, carry]) => ({ level, trend, day, week, carry, isRatio })),
);
