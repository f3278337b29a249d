import { describe, expect, it } from 'vitest';
import { forecastLines } from '../../src-main/insights/forecast/forecast-lines.ts';
import { forecastSeries } from '../../src-main/insights/forecast/forecast-series.ts';
import { createRandom } from './random.ts';

const hourly = { stepInMs: 3_600_000, horizon: 48 };

describe('a forecast', () => {
  it('follows a day and a week it has seen, closer than yesterday does', () => {
    const random = createRandom(4);
    const at = (hour: number): number =>
      100 + 30 * Math.sin((hour / 24) * 2 * Math.PI) + (Math.floor(hour / 24) % 7 > 4 ? -40 : 0);
    const values = Array.from({ length: 24 * 33 }, (_, hour) => at(hour) + 4 * (random() - 0.5));
    const { mean, lower80, upper80, method, skill } = forecastSeries(values, hourly);
    expect(method).toBe('weighted');
    expect(skill).toBeGreaterThan(0.3);
    for (const [ahead, value] of mean.entries()) {
      expect(Math.abs(value - at(values.length + ahead))).toBeLessThan(10);
      expect(lower80[ahead]).toBeLessThanOrEqual(value);
      expect(upper80[ahead]).toBeGreaterThanOrEqual(value);
    }
  });

  it('names the plain baseline where nothing beats it', () => {
    const { mean, method, skill } = forecastSeries(new Array<number>(400).fill(7), hourly);
    expect(method).toBe('last value');
    expect(mean.every((value) => value === 7)).toBe(true);
    expect(skill).toBeLessThanOrEqual(0);
  });

  it('answers finite numbers for a single value, zeros, negative and huge ones, and claims no skill it has not tested', () => {
    const odd = [
      [5],
      [0, 0],
      [-3, 4, -5],
      new Array<number>(100).fill(0),
      Array.from({ length: 500 }, (_, at) => -at),
      Array.from({ length: 500 }, (_, at) => (at % 31) * 1e120),
    ];
    for (const values of odd) {
      const { mean, lower80, upper80 } = forecastSeries(values, hourly);
      for (const one of [...mean, ...lower80, ...upper80]) expect(one).toSatisfy(Number.isFinite);
    }
    expect(forecastSeries([5], hourly).skill).toBeNull();
  });

  it('answers a file line by line and names the line that is no series', () => {
    const answered = forecastLines('{"id":"a","values":[1,2,3]}\n{"id":7,"values":[4]}\n', { ...hourly, horizon: 2 });
    const ids =
      answered.ok &&
      answered.value
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id);
    expect(ids).toEqual(['a', 7]);
    const wrong = forecastLines('{"id":"a","values":[1]}\n{"id":"b","values":["x"]}\n', hourly);
    expect(!wrong.ok && wrong.failure.message).toContain('Line 2');
  });
});
