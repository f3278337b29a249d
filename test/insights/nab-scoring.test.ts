import { describe, expect, it } from 'vitest';
import { profiles, scaledSigmoid, scoreCorpus } from '../bench/insights/nab-scoring.ts';

const times = Array.from({ length: 1_000 }, (_, index) => index);
const windows = [[400, 499]] as const;
const scoresAt = (...places: readonly number[]): number[] => times.map((index) => (places.includes(index) ? 1 : 0.1));

describe("the scoring of NAB's windows", () => {
  it('gives a detection at the first point of a window everything, in each profile', () => {
    for (const profile of Object.values(profiles))
      expect(scoreCorpus([{ times, scores: scoresAt(400), windows }], profile).score).toBeCloseTo(100);
  });

  it('takes off a false one long before: by hand, (1 - 0.11 + 1) / 2', () => {
    const { score } = scoreCorpus([{ times, scores: scoresAt(300, 400), windows }], profiles.standard);
    expect(score).toBeCloseTo((100 * (2 - 0.11)) / 2);
  });

  it('counts only the earliest of a window, and nothing within the probation', () => {
    const once = scoreCorpus([{ times, scores: scoresAt(450), windows }], profiles.standard).score;
    expect(once).toBeCloseTo((100 * (1 + scaledSigmoid(-0.5) / scaledSigmoid(-1))) / 2);
    const again = scoreCorpus([{ times, scores: scoresAt(50, 450, 460, 470), windows }], profiles.standard).score;
    expect(again).toBeCloseTo(once);
  });

  it('gives a detector that never speaks, and one that always does, nothing', () => {
    const silent = times.map(() => 0);
    expect(scoreCorpus([{ times, scores: silent, windows }], profiles.standard).score).toBe(0);
  });
});
