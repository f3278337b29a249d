/** Cheap ways to foretell a series; each is given only what is before the origin. */
export interface Candidate {
  readonly name: string;
  /** The `horizon` values after `values[0..origin)`; null where it has too little to go by. */
  readonly forecast: (values: Float64Array, origin: number, horizon: number) => Float64Array | null;
}

const fill = (horizon: number, valueAt: (ahead: number) => number): Float64Array =>
  Float64Array.from({ length: horizon }, (_, ahead) => valueAt(ahead));

const meanBefore = (values: Float64Array, origin: number, length: number): number => {
  let sum = 0;
  for (let index = origin - length; index < origin; index++) sum += values[index] as number;
  return sum / length;
};

export const lastValue: Candidate = {
  name: 'last value',
  forecast: (values, origin, horizon) => (origin < 1 ? null : fill(horizon, () => values[origin - 1] as number)),
};

export const meanOf = (name: string, length: number): Candidate => ({
  name,
  forecast: (values, origin, horizon) => {
    if (origin < length) return null;
    const mean = meanBefore(values, origin, length);
    return fill(horizon, () => mean);
  },
});

export const medianOf = (name: string, length: number): Candidate => ({
  name,
  forecast: (values, origin, horizon) => {
    if (origin < length) return null;
    const sorted = values.slice(origin - length, origin).sort();
    const median = ((sorted[(length - 1) >> 1] as number) + (sorted[length >> 1] as number)) / 2;
    return fill(horizon, () => median);
  },
});

export const seasonalNaive = (name: string, period: number): Candidate => ({
  name,
  forecast: (values, origin, horizon) =>
    origin < period ? null : fill(horizon, (ahead) => values[origin - period + (ahead % period)] as number),
});

/** The mean of the same place in the last `cycles` periods, moved by `share` of what the level changed since. */
export const profileOf = (name: string, period: number, cycles: number, share: number): Candidate => ({
  name,
  forecast: (values, origin, horizon) => {
    if (origin < period * 2) return null;
    const used = Math.min(cycles, Math.floor(origin / period));
    const recent = Math.min(24, period);
    const moved = share * (meanBefore(values, origin, recent) - profileMean(values, origin, period, used, recent));
    return fill(horizon, (ahead) => {
      let sum = 0;
      for (let cycle = 1; cycle <= used; cycle++) sum += values[origin - cycle * period + (ahead % period)] as number;
      return sum / used + moved;
    });
  },
});

function profileMean(values: Float64Array, origin: number, period: number, cycles: number, recent: number): number {
  let [sum, count] = [0, 0];
  for (let cycle = 1; cycle <= cycles; cycle++) {
    const end = origin - cycle * period;
    if (end - recent < 0) break;
    sum += meanBefore(values, end, recent);
    count++;
  }
  return count === 0 ? meanBefore(values, origin, recent) : sum / count;
}

/**
 * What this week did to the hours before, done to the week before's hours after: value a week ago times a damped ratio.
 */
export const ratioOf = (name: string, period: number, recent: number): Candidate => ({
  name,
  forecast: (values, origin, horizon) => {
    if (origin < period + recent) return null;
    const then = meanBefore(values, origin - period, recent);
    const ratio = then > 0 ? Math.max(0.2, Math.min(5, meanBefore(values, origin, recent) / then)) : 1;
    return fill(horizon, (ahead) => (values[origin - period + (ahead % period)] as number) * ratio);
  },
});

/** From the mean of the last hour back to the median of a day, half of the way each `halfLife` steps. */
export const returnToMedian = (name: string, hour: number, day: number, halfLife: number): Candidate => ({
  name,
  forecast: (values, origin, horizon) => {
    const median = medianOf(name, day).forecast(values, origin, 1)?.[0];
    if (median === undefined || origin < hour) return null;
    const away = meanBefore(values, origin, hour) - median;
    return fill(horizon, (ahead) => median + away * 0.5 ** ((ahead + 1) / halfLife));
  },
});
