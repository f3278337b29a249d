/** The rule as it was promised: more than three standard deviations from the mean of the ten points before. */
export interface ThreeSigma {
  readonly window: number[];
}

const windowLength = 10;

/**
 * Standard deviations from the mean of the window; null until ten points are known, 0 after ten equal ones. Learns the
 * point afterwards.
 */
export function measureDeviations(state: ThreeSigma, value: number): number | null {
  const { window } = state;
  let deviations: number | null = null;
  if (window.length === windowLength) {
    const mean = window.reduce((sum, one) => sum + one, 0) / windowLength;
    const deviation = Math.sqrt(window.reduce((sum, one) => sum + (one - mean) ** 2, 0) / windowLength);
    deviations = deviation > 0 ? Math.abs(value - mean) / deviation : 0;
    window.shift();
  }
  window.push(value);
  return deviations;
}

export const isThreeSigma = (deviations: number | null): boolean => deviations !== null && deviations > 3;
