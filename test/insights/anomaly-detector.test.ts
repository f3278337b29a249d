import { describe, expect, it } from 'vitest';
import { createDetector, judgePoint } from '../../src-main/insights/detect/anomaly-detector.ts';
import { markAnomalies } from '../../src-main/insights/detect/mark-anomalies.ts';
import { isThreeSigma, measureDeviations } from '../../src-main/insights/detect/three-sigma.ts';
import { createRandom } from './random.ts';

const fiveMinutes = 300_000;

function busyDays(days: number, seed: number): number[] {
  const random = createRandom(seed);
  return Array.from(
    { length: days * 288 },
    (_, index) => 50 + 20 * Math.sin((index / 288) * 2 * Math.PI) + 4 * random(),
  );
}

const scoresOf = (values: readonly number[], interval = fiveMinutes): number[] => {
  const state = createDetector();
  return values.map((value, index) => judgePoint(state, index * interval, value).score);
};

describe('the anomaly detector', () => {
  it('gives a prefix the scores it gives the whole, whatever follows', () => {
    for (const seed of [1, 2, 3]) {
      const values = busyDays(4, seed);
      const cut = 300 + seed * 200;
      const other = [...values.slice(0, cut), ...values.slice(cut).map((value) => value * -1_000)];
      expect(scoresOf(other).slice(0, cut)).toEqual(scoresOf(values).slice(0, cut));
      expect(scoresOf(values.slice(0, cut))).toEqual(scoresOf(values).slice(0, cut));
    }
  });

  it('goes on after a restart as if nothing had been', () => {
    const values = busyDays(4, 7);
    let state = createDetector();
    const scores = values.map((value, index) => {
      if (index === 700) state = JSON.parse(JSON.stringify(state));
      return judgePoint(state, index * fiveMinutes, value).score;
    });
    expect(scores).toEqual(scoresOf(values));
    expect(JSON.stringify(state).length).toBeLessThan(6_000);
  });

  it('finds a spike, a shift and a morning that stays away, each as the rarest of its series, by two hours after its end', () => {
    const cases: Record<string, (values: number[]) => void> = {
      spike: (values) => {
        values[2_000] = 200;
      },
      shift: (values) => {
        for (let index = 2_000; index < 2_100; index++) values[index] = (values[index] as number) + 40;
      },
      'quiet day': (values) => {
        for (let index = 2_000; index < 2_150; index++) values[index] = 50;
      },
    };
    for (const [name, change] of Object.entries(cases)) {
      const values = busyDays(10, 5);
      change(values);
      const scores = scoresOf(values).slice(576);
      const rarest = scores.indexOf(Math.max(...scores)) + 576;
      expect(rarest, name).toBeGreaterThanOrEqual(2_000);
      expect(rarest, name).toBeLessThan(2_190);
    }
  });

  it('says next to nothing of a constant series, nor at the start of a new one', () => {
    expect(Math.max(...scoresOf(new Array<number>(1_000).fill(42)))).toBeLessThan(0.05);
    expect(Math.max(...scoresOf(busyDays(1, 3).slice(0, 40)))).toBe(0);
  });

  it('keeps every score between 0 and 1 whatever it is fed', () => {
    const wild = [0, -1e300, 1e300, 1e-300, Number.NaN, Number.POSITIVE_INFINITY, 5];
    const values = Array.from({ length: 2_000 }, (_, index) => wild[(index * index) % wild.length] as number);
    for (const score of scoresOf(values, 0)) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
  });

  it('adds a column to a file and leaves a row without a number unscored', () => {
    const marked = markAnomalies('timestamp,value\n2024-01-01 00:00:00,1\n2024-01-01 00:05:00,\n');
    expect(marked).toEqual({
      ok: true,
      value: 'timestamp,value,anomaly_score\n2024-01-01 00:00:00,1,0\n2024-01-01 00:05:00,,\n',
    });
    expect(markAnomalies('a,b\n1,2\n').ok).toBe(false);
  });
});

describe('the three-sigma rule', () => {
  it('waits for ten points, then takes what is more than three deviations away', () => {
    const state = { window: [] };
    const points = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2];
    for (const value of points) expect(measureDeviations(state, value)).toBeNull();
    expect(isThreeSigma(measureDeviations(state, 2))).toBe(false);
    expect(isThreeSigma(measureDeviations(state, 9))).toBe(true);
  });
});
