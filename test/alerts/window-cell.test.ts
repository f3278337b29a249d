import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWindowCell } from '../../src-main/alerts/engine/window/window-cell.ts';

type Sample = readonly [at: number, value: number, isAfterGap: boolean];
type Model = (inside: readonly Sample[]) => number;

const quantile = 0.9;
const models: Record<string, Model> = {
  average: (inside) => inside.reduce((sum, [, value]) => sum + value, 0) / inside.length,
  min: (inside) => Math.min(...inside.map(([, value]) => value)),
  max: (inside) => Math.max(...inside.map(([, value]) => value)),
  quantile: (inside) => {
    const sorted = inside.map(([, value]) => value).sort((a, b) => a - b);
    const rank = quantile * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(rank)]!, sorted[Math.min(sorted.length - 1, Math.floor(rank) + 1)]!];
    return low + (high - low) * (rank - Math.floor(rank));
  },
  rate: (inside) => {
    if (inside.length < 2) return Number.NaN;
    let growth = 0;
    for (let index = 1; index < inside.length; index += 1) {
      const [before, now] = [inside[index - 1]![1], inside[index]![1]];
      if (inside[index]![2]) continue;
      growth += now < before ? now : now - before;
    }
    return (growth / (inside.at(-1)![0] - inside[0]![0])) * 1000;
  },
};

/** Time goes on by a second mostly, sometimes by many; a pause without a sample is a read alone. */
const story = fc.array(
  fc.record({
    passMs: fc.constantFrom(500, 1_000, 1_000, 1_000, 3_000, 40_000),
    /** Nothing was measured: sleep. */
    gapMs: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 28_800_000),
    value: fc.option(fc.integer({ min: 0, max: 1_000 }), { freq: 6 }),
  }),
  { minLength: 1, maxLength: 300 },
);

describe('a window', () => {
  for (const [kind, model] of Object.entries(models))
    it(`${kind}: says the same as adding everything up again at each step`, () => {
      fc.assert(
        fc.property(story, fc.integer({ min: 1, max: 30 }), (steps, seconds) => {
          const cell = createWindowCell({ kind, seconds, quantile } as never);
          let samples: Sample[] = [];
          let now = 0;
          let isAfterGap = false;
          for (const { passMs, gapMs, value } of steps) {
            now += passMs + gapMs;
            if (gapMs > 0) {
              cell.shift(gapMs);
              samples = samples.map(([at, ...rest]) => [at + gapMs, ...rest]);
              isAfterGap = true;
            }
            if (value !== null) {
              cell.push(now, value);
              samples.push([now, value, isAfterGap]);
              isAfterGap = false;
            }
            const inside = samples.filter(([at]) => at > now - seconds * 1000);
            const expected = inside.length === 0 ? Number.NaN : model(inside);
            const read = cell.read(now);
            if (Number.isNaN(expected)) expect(read).toBeNaN();
            else expect(read).toBeCloseTo(expected, 6);
          }
        }),
        { numRuns: 200, seed: 7 },
      );
    });
});
