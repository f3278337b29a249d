/**
 * Foretells a series by several cheap candidates, weighted by what each missed at earlier origins of the same series
 * (rolling-origin backtest). Where no mixture beats the best plain baseline there, the plain one is used and named.
 */
import {
  type Candidate,
  lastValue,
  meanOf,
  medianOf,
  profileOf,
  ratioOf,
  returnToMedian,
  seasonalNaive,
} from './candidates.ts';
import { smooth, smoothings } from './holt-winters.ts';

export interface Forecast {
  readonly mean: readonly number[];
  readonly lower80: readonly number[];
  readonly upper80: readonly number[];
  readonly lower95: readonly number[];
  readonly upper95: readonly number[];
  /** What was used: "weighted", or the name of a plain baseline. */
  readonly method: string;
  /** 1 - error / error of the best baseline, over the backtest; null where the series is too short for one. */
  readonly skill: number | null;
  readonly originCount: number;
}

export interface ForecastOptions {
  readonly stepInMs: number;
  readonly horizon: number;
}

const maxOrigins = 8;
const sharpness = 4;
const dayInMs = 86_400_000;

export function forecastSeries(input: readonly number[], options: ForecastOptions): Forecast {
  const { horizon } = options;
  const values = Float64Array.from(input);
  const day = Math.max(1, Math.round(dayInMs / options.stepInMs));
  const periods = { day, week: day * 7 };
  const origins = backtestOrigins(values.length, horizon, day);
  const all = [...origins, values.length];
  const runs = runCandidates(values, all, horizon, periods);
  if (origins.length === 0) return withoutBacktest(values, runs, horizon);
  const steps = Array.from({ length: horizon }, (_, ahead) => ahead);
  const errors = runs.map((run) => steps.map((ahead) => meanError(values, run.forecasts, origins, ahead)));
  const smoothed = errors.map((perStep) =>
    steps.map((ahead) => around(perStep, ahead, Math.max(2, Math.min(day >> 2, ahead)))),
  );
  // Against the least error of each step: a fourth power of the error itself may leave the range of numbers.
  const least = steps.map((ahead) => Math.min(...smoothed.map((perStep) => perStep[ahead] as number)));
  const weights = smoothed.map((perStep) =>
    perStep.map((error, ahead) => ((least[ahead] as number) / error) ** sharpness),
  );
  const mix = (place: number, ahead: number): number => {
    let [sum, total] = [0, 0];
    for (const [index, run] of runs.entries()) {
      const forecast = run.forecasts[place];
      if (!forecast) continue;
      const weight = (weights[index] as number[])[ahead] as number;
      sum += weight * (forecast[ahead] as number);
      total += weight;
    }
    return sum / total;
  };
  const mixed = all.map((_, place) => Float64Array.from(steps, (ahead) => mix(place, ahead)));
  const average = (perStep: readonly number[]): number => perStep.reduce((sum, one) => sum + one, 0) / horizon;
  const baselines = runs
    .map((run, index) => ({ ...run, error: average(errors[index] as number[]) }))
    .filter((run) => run.isBaseline)
    .sort((one, other) => one.error - other.error);
  const best = baselines[0] as (typeof baselines)[number];
  const mixedError = average(steps.map((ahead) => meanError(values, mixed, origins, ahead)));
  const skill = best.error > 0 ? 1 - mixedError / best.error : 0;
  const isWorthIt = skill > 0;
  const used = isWorthIt ? mixed : best.forecasts;
  const mean = [...(used.at(-1) as Float64Array)];
  const widths = bandWidths(values, used, origins, horizon, 0.8);
  const wider = bandWidths(values, used, origins, horizon, 0.95);
  return {
    mean,
    lower80: mean.map((value, ahead) => value - (widths[ahead] as number)),
    upper80: mean.map((value, ahead) => value + (widths[ahead] as number)),
    lower95: mean.map((value, ahead) => value - (wider[ahead] as number)),
    upper95: mean.map((value, ahead) => value + (wider[ahead] as number)),
    method: isWorthIt ? 'weighted' : best.name,
    skill,
    originCount: origins.length,
  };
}

interface Run {
  readonly name: string;
  readonly isBaseline: boolean;
  readonly forecasts: readonly (Float64Array | null)[];
}

function runCandidates(
  values: Float64Array,
  all: readonly number[],
  horizon: number,
  periods: { readonly day: number; readonly week: number },
): readonly Run[] {
  const { day, week } = periods;
  const hour = Math.max(1, Math.round(day / 24));
  const baselines: readonly Candidate[] = [
    lastValue,
    seasonalNaive('seasonal naive, a day', day),
    medianOf('median of a day', day),
  ];
  const others: readonly Candidate[] = [
    ...(hour > 1 ? [meanOf('mean of an hour', hour)] : []),
    returnToMedian('back to the median, fast', hour, day, 2 * hour),
    returnToMedian('back to the median, slow', hour, day, 8 * hour),
    seasonalNaive('seasonal naive, a week', week),
    profileOf('days', day, 7, 0.5),
    profileOf('days, level moved', day, 5, 1),
    profileOf('weeks', week, 4, 0.5),
    profileOf('weeks, level moved', week, 4, 1),
    ratioOf('week by ratio', week, day),
  ];
  const simple = [...baselines, ...others].map((candidate, index) => ({
    name: candidate.name,
    isBaseline: index < baselines.length,
    forecasts: all.map((origin) => candidate.forecast(values, origin, horizon)),
  }));
  const isPositive = values.every((value) => value > 0);
  const smoothed = smoothings
    .filter(({ isRatio }) => isPositive || !isRatio)
    .map((parameters, index) => ({
      name: `smoothing ${index}`,
      isBaseline: false,
      forecasts: smooth(values, all, horizon, periods, parameters),
    }));
  // A candidate counts when it has an answer now and at most of the earlier origins.
  return [...simple, ...smoothed].filter(
    ({ forecasts }) =>
      forecasts.at(-1)?.every(Number.isFinite) === true &&
      forecasts.filter((one) => one?.every(Number.isFinite)).length > forecasts.length / 2,
  );
}

/** Earlier origins, newest last, half a day apart at least, with three days before each. */
function backtestOrigins(length: number, horizon: number, day: number): readonly number[] {
  const apart = Math.max(1, Math.round(Math.max(horizon / 2, day / 2)));
  const origins: number[] = [];
  for (let origin = length - horizon; origin >= Math.min(day * 3, length / 2) && origin > 2; origin -= apart) {
    if (origins.length === maxOrigins) break;
    origins.unshift(origin);
  }
  return origins;
}

function meanError(
  values: Float64Array,
  forecasts: readonly (Float64Array | null)[],
  origins: readonly number[],
  ahead: number,
): number {
  let [sum, count] = [0, 0];
  for (const [place, origin] of origins.entries()) {
    const forecast = forecasts[place];
    if (!forecast) continue;
    sum += Math.abs((forecast[ahead] as number) - (values[origin + ahead] as number));
    count++;
  }
  return count === 0 ? Number.POSITIVE_INFINITY : sum / count;
}

function around(perStep: readonly number[], ahead: number, reach: number): number {
  let [sum, count] = [0, 0];
  for (let index = Math.max(0, ahead - reach); index <= Math.min(perStep.length - 1, ahead + reach); index++) {
    sum += perStep[index] as number;
    count++;
  }
  return Math.max(sum / count, 1e-12);
}

/** The quantile of the backtest's own misses around each step; the weights saw them, hence a little wider. */
function bandWidths(
  values: Float64Array,
  forecasts: readonly (Float64Array | null)[],
  origins: readonly number[],
  horizon: number,
  share: number,
): readonly number[] {
  const reach = Math.max(2, Math.round(horizon / 8));
  const misses = origins.map((origin, place) =>
    Array.from({ length: horizon }, (_, ahead) => {
      const forecast = forecasts[place];
      return forecast ? Math.abs((forecast[ahead] as number) - (values[origin + ahead] as number)) : 0;
    }),
  );
  return Array.from({ length: horizon }, (_, ahead) => {
    const near = misses
      .flatMap((one) => one.slice(Math.max(0, ahead - reach), ahead + reach + 1))
      .sort((a, b) => a - b);
    return (near[Math.min(near.length - 1, Math.floor(near.length * share))] as number) * bandFactor;
  });
}

const bandFactor = 1.15;

/** Too short to judge any candidate: the last value, with the range of the steps seen. */
function withoutBacktest(values: Float64Array, runs: readonly Run[], horizon: number): Forecast {
  const plain = runs.find(({ isBaseline }) => isBaseline);
  const forecast = plain?.forecasts.at(-1) ?? new Float64Array(horizon).fill(Number.NaN);
  let spread = 0;
  for (let index = 1; index < values.length; index++)
    spread += Math.abs((values[index] as number) - (values[index - 1] as number)) / (values.length - 1);
  const mean = [...forecast];
  return {
    mean,
    lower80: mean.map((value, ahead) => value - 1.6 * spread * Math.sqrt(ahead + 1)),
    upper80: mean.map((value, ahead) => value + 1.6 * spread * Math.sqrt(ahead + 1)),
    lower95: mean.map((value, ahead) => value - 2.5 * spread * Math.sqrt(ahead + 1)),
    upper95: mean.map((value, ahead) => value + 2.5 * spread * Math.sqrt(ahead + 1)),
    method: plain?.name ?? 'none',
    skill: null,
    originCount: 0,
  };
}
