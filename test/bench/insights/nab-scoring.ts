/**
 * The scoring of the Numenta Anomaly Benchmark, written anew: windows, probation, sigmoid, threshold over the corpus.
 */
export interface ScoredFile {
  readonly times: readonly number[];
  readonly scores: readonly number[];
  readonly windows: readonly (readonly [from: number, until: number])[];
}

export interface Profile {
  readonly falsePositive: number;
  readonly falseNegative: number;
}

export const profiles = {
  standard: { falsePositive: 0.11, falseNegative: 1 },
  'low FP': { falsePositive: 0.22, falseNegative: 1 },
  'low FN': { falsePositive: 0.11, falseNegative: 2 },
} as const satisfies Record<string, Profile>;

export const scaledSigmoid = (position: number): number => (position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1);

interface Step {
  readonly score: number;
  readonly gain: number;
}

/** What lowering the threshold to each point's score adds, for one file. */
function stepsOf(
  file: ScoredFile,
  profile: Profile,
): { readonly steps: readonly Step[]; readonly windowCount: number } {
  const probation = Math.floor(0.15 * Math.min(file.times.length, 5_000));
  const places = file.windows
    .map(([from, until]) => ({
      left: file.times.findIndex((time) => time >= from),
      right: file.times.findLastIndex((time) => time <= until),
    }))
    .filter(({ left, right }) => left >= 0 && right >= left);
  const steps: Step[] = [];
  // Within a window the earliest detection counts, so each score that is a new maximum from the left replaces what is
  // later.
  for (const { left, right } of places) {
    const gains = new Map<number, number>();
    for (let index = right; index >= Math.max(left, probation); index--) {
      const gain = scaledSigmoid(-(right - index + 1) / (right - left + 1)) / scaledSigmoid(-1);
      const score = file.scores[index] as number;
      gains.set(score, gain);
      for (const known of gains.keys())
        if (known < score && (gains.get(known) as number) < gain) gains.set(known, gain);
    }
    let before = -profile.falseNegative;
    for (const [score, gain] of [...gains].sort(([one], [other]) => other - one)) {
      if (gain <= before) continue;
      steps.push({ score, gain: gain - before });
      before = gain;
    }
  }
  for (let index = probation; index < file.times.length; index++) {
    if (places.some(({ left, right }) => index >= left && index <= right)) continue;
    const earlier = places.filter(({ right }) => right < index).at(-1);
    const loss =
      earlier === undefined ? -1 : scaledSigmoid((index - earlier.right) / Math.max(1, earlier.right - earlier.left));
    steps.push({ score: file.scores[index] as number, gain: loss * profile.falsePositive });
  }
  return { steps, windowCount: places.length };
}

/** 0 for a detector that says nothing, 100 for a perfect one; the threshold is the best for the whole corpus. */
export function scoreCorpus(files: readonly ScoredFile[], profile: Profile): { score: number; threshold: number } {
  const all = files.map((file) => stepsOf(file, profile));
  const windowCount = all.reduce((sum, one) => sum + one.windowCount, 0);
  const steps = all.flatMap((one) => one.steps).sort((one, other) => other.score - one.score);
  let [sum, best, threshold] = [0, 0, Number.POSITIVE_INFINITY];
  for (const [index, { score, gain }] of steps.entries()) {
    sum += gain;
    if (steps[index + 1]?.score !== score && sum > best) [best, threshold] = [sum, score];
  }
  return { score: (100 * best) / (windowCount * (1 + profile.falseNegative)), threshold };
}
