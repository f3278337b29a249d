/**
 * The measures of the M4 competition: sMAPE and MASE, and their average against the seasonally adjusted naive forecast.
 */
export function symmetricError(actual: readonly number[], forecast: readonly number[]): number {
  const sum = actual.reduce((total, value, index) => {
    const told = forecast[index] as number;
    return total + (200 * Math.abs(value - told)) / (Math.abs(value) + Math.abs(told));
  }, 0);
  return sum / actual.length;
}

export function scaledError(
  train: readonly number[],
  actual: readonly number[],
  forecast: readonly number[],
  period: number,
): number {
  let scale = 0;
  for (let index = period; index < train.length; index++)
    scale += Math.abs((train[index] as number) - (train[index - period] as number)) / (train.length - period);
  const error = actual.reduce((sum, value, index) => sum + Math.abs(value - (forecast[index] as number)), 0);
  return error / actual.length / scale;
}

/** Naive2: the last value after classical multiplicative decomposition, season put back. */
export function naive2(train: readonly number[], horizon: number, period: number): number[] {
  if (!isSeasonal(train, period)) return new Array<number>(horizon).fill(train.at(-1) as number);
  const half = period / 2;
  const ratios: number[][] = Array.from({ length: period }, () => []);
  for (let index = half; index < train.length - half; index++) {
    let sum = ((train[index - half] as number) + (train[index + half] as number)) / 2;
    for (let near = index - half + 1; near < index + half; near++) sum += train[near] as number;
    (ratios[index % period] as number[]).push((train[index] as number) / (sum / period));
  }
  const raw = ratios.map((all) => all.reduce((sum, one) => sum + one, 0) / all.length);
  const mean = raw.reduce((sum, one) => sum + one, 0) / period;
  const season = raw.map((one) => one / mean);
  const last = (train.at(-1) as number) / (season[(train.length - 1) % period] as number);
  return Array.from({ length: horizon }, (_, ahead) => last * (season[(train.length + ahead) % period] as number));
}

function isSeasonal(train: readonly number[], period: number): boolean {
  const mean = train.reduce((sum, one) => sum + one, 0) / train.length;
  const variance = train.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const correlation = (lag: number): number => {
    let sum = 0;
    for (let index = lag; index < train.length; index++)
      sum += ((train[index] as number) - mean) * ((train[index - lag] as number) - mean);
    return sum / variance;
  };
  let squares = 0;
  for (let lag = 1; lag < period; lag++) squares += correlation(lag) ** 2;
  return Math.abs(correlation(period)) > 1.645 * Math.sqrt((1 + 2 * squares) / train.length);
}
