/**
 * How good the insights are: anomalies by NAB's scoring, forecasts by M4's measures, beside the plain rules of the same
 * run.
 */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createDetector, judgePoint } from '../../src-main/insights/detect/anomaly-detector.ts';
import { measureDeviations } from '../../src-main/insights/detect/three-sigma.ts';
import { forecastSeries } from '../../src-main/insights/forecast/forecast-series.ts';
import type { BenchRow } from './bench-row.ts';
import { capacityRows } from './insights/capacity-rows.ts';
import { naive2, scaledError, symmetricError } from './insights/forecast-measures.ts';
import { machineRows } from './insights/machine-forecasts.ts';
import { dataFolder, type NabFile, readNab } from './insights/nab-data.ts';
import { profiles, scoreCorpus } from './insights/nab-scoring.ts';
import { costRows } from './insights/watch-cost.ts';
import { watchRows } from './insights/watch-rows.ts';

export async function bench(): Promise<readonly BenchRow[]> {
  return [...anomalyRows(), ...forecastRows(), ...machineRows(), ...capacityRows(), ...watchRows(), ...costRows()];
}

function anomalyRows(): readonly BenchRow[] {
  const files = readNab();
  if (files === null)
    return [{ what: 'anomalies, NAB', ours: 'not measured', note: 'its data is not at ../shared/data/nab' }];
  let points = 0;
  const started = performance.now();
  const ours = score(files, ({ times, values }) => {
    const state = createDetector();
    points += times.length;
    return times.map((at, index) => judgePoint(state, at, values[index] as number).score);
  });
  const microseconds = ((performance.now() - started) * 1_000) / points;
  const threeSigma = score(files, ({ values }) => {
    const state = { window: [] };
    return values.map((value) => measureDeviations(state, value) ?? 0);
  });
  const rows = Object.entries(profiles).map(([name, profile]): BenchRow => {
    const own = scoreCorpus(ours, profile).score;
    const target = name === 'standard' ? 68 : undefined;
    return {
      what: `anomalies, NAB development half, ${name}`,
      ours: own.toFixed(1),
      reference: `3 sigma on 10 points: ${scoreCorpus(threeSigma, profile).score.toFixed(1)}`,
      ...(target !== undefined && { target: `>= ${target}`, isMet: own >= target }),
    };
  });
  return [...rows, { what: 'anomalies, cost of a point', ours: `${microseconds.toFixed(1)} us` }];
}

const score = (files: readonly NabFile[], scoresOf: (file: NabFile) => readonly number[]) =>
  files.map((file) => ({ ...file, scores: scoresOf(file) }));

interface M4Series {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

function forecastRows(): readonly BenchRow[] {
  const path = `${dataFolder}m4-hourly/series.jsonl.gz`;
  if (!existsSync(path))
    return [
      { what: 'forecasts, M4 hourly', ours: 'not measured', note: 'its data is not at ../shared/data/m4-hourly' },
    ];
  const lines = gunzipSync(readFileSync(path)).toString().trim().split('\n');
  const all = lines.map((line) => JSON.parse(line) as M4Series);
  const sums = { ours: [0, 0], naive2: [0, 0], seasonal: [0, 0] };
  let [covered, count, milliseconds] = [0, 0, 0];
  for (const { train, test } of all) {
    const started = performance.now();
    const { mean, lower80, upper80 } = forecastSeries(train, { stepInMs: 3_600_000, horizon: test.length });
    milliseconds += performance.now() - started;
    const seasonal = test.map((_, ahead) => train[train.length - 24 + (ahead % 24)] as number);
    const told = { ours: mean, naive2: naive2(train, test.length, 24), seasonal };
    for (const name of ['ours', 'naive2', 'seasonal'] as const) {
      sums[name][0] = (sums[name][0] as number) + symmetricError(test, told[name]);
      sums[name][1] = (sums[name][1] as number) + scaledError(train, test, told[name], 24);
    }
    for (const [ahead, value] of test.entries())
      if (value >= (lower80[ahead] as number) && value <= (upper80[ahead] as number)) covered++;
    count += test.length;
  }
  const relative = (name: 'ours' | 'seasonal'): number =>
    [0, 1].reduce((sum, index) => sum + (sums[name][index] as number) / (sums.naive2[index] as number) / 2, 0);
  const [own, cost, coverage] = [relative('ours'), milliseconds / all.length, covered / count];
  return [
    {
      what: 'forecasts, M4 hourly development half, OWA',
      ours: `${own.toFixed(3)} (sMAPE ${((sums.ours[0] as number) / all.length).toFixed(2)})`,
      reference: `seasonal naive: ${relative('seasonal').toFixed(3)}; naive2: 1`,
      target: '<= 0.50',
      isMet: own <= 0.5,
    },
    { what: 'forecasts, a series', ours: `${cost.toFixed(1)} ms`, target: '<= 10 ms', isMet: cost <= 10 },
    {
      what: 'forecasts, 80 % band covers',
      ours: `${(coverage * 100).toFixed(1)} %`,
      target: '75–85 %',
      isMet: coverage >= 0.75 && coverage <= 0.85,
    },
  ];
}
