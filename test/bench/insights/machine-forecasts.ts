/**
 * Forecasts of real machine series, rolling origins every six hours; mean absolute error against the seasonal naive's.
 */
import { forecastSeries } from '../../../src-main/insights/forecast/forecast-series.ts';
import type { BenchRow } from '../bench-row.ts';
import { readNab } from './nab-data.ts';

const stepInMs = 300_000;
const day = 288;
const spans = [
  { name: '0–1 h', from: 0, until: 12, target: 35 },
  { name: '1–6 h', from: 12, until: 72, target: 30 },
  { name: '6–24 h', from: 72, until: 288, target: 20 },
] as const;

export function machineRows(): readonly BenchRow[] {
  const files = readNab()?.filter(({ name, times }) => name.startsWith('realAWSCloudwatch') && times.length >= 2_000);
  if (files === undefined || files.length === 0)
    return [{ what: 'forecasts, machine series', ours: 'not measured', note: 'its data is not at ../shared/data/nab' }];
  const logarithms = spans.map(() => 0);
  for (const { values } of files) {
    const errors = spans.map(() => ({ ours: 0, rival: 0 }));
    for (let origin = day * 4; origin + day <= values.length; origin += 72) {
      const { mean } = forecastSeries(values.slice(0, origin), { stepInMs, horizon: day });
      for (const [place, { from, until }] of spans.entries())
        for (let ahead = from; ahead < until; ahead++) {
          const actual = values[origin + ahead] as number;
          const sums = errors[place] as (typeof errors)[number];
          sums.ours += Math.abs(actual - (mean[ahead] as number));
          sums.rival += Math.abs(actual - (values[origin - day + ahead] as number));
        }
    }
    for (const [place, { ours, rival }] of errors.entries())
      logarithms[place] = (logarithms[place] as number) + Math.log(ours / rival) / files.length;
  }
  return spans.map(({ name, target }, place) => {
    const below = (1 - Math.exp(logarithms[place] as number)) * 100;
    return {
      what: `forecasts, ${files.length} machine series, ${name}, error below the seasonal naive's`,
      ours: `${below.toFixed(0)} %`,
      target: `>= ${target} %`,
      isMet: below >= target,
    };
  });
}
