/** Counters to rates. Pure. */

/** Per second between neighbouring values; null where either is missing, and where the counter began anew. */
export function rateOf(at: readonly number[], values: readonly (number | null)[]): (number | null)[] {
  let lastAt: number | undefined;
  let lastValue: number | undefined;
  return values.map((value, index) => {
    const time = at[index] as number;
    const rate =
      value !== null && lastValue !== undefined && lastAt !== undefined && value >= lastValue
        ? ((value - lastValue) * 1000) / (time - lastAt)
        : null;
    if (value !== null) {
      lastAt = time;
      lastValue = value;
    }
    return rate;
  });
}

/** Adds lines tick by tick; null only where all are missing. */
export function sumOf(lines: readonly (readonly (number | null)[])[]): (number | null)[] {
  const length = Math.max(0, ...lines.map((line) => line.length));
  return Array.from({ length }, (_, index) => {
    const present = lines.map((line) => line[index] ?? null).filter((value) => value !== null);
    return present.length === 0 ? null : present.reduce((sum, value) => sum + value, 0);
  });
}
