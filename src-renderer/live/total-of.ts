/**
 * All series of one or more metrics added tick by tick: the traffic of all interfaces, say. Null only where all are
 * missing.
 */
export function totalOf(
  live: { lines(selector: string): ReadonlyMap<string, readonly (number | null)[]> },
  ...metrics: readonly string[]
): readonly (number | null)[] {
  const lines = metrics.flatMap((metric) => [...live.lines(metric).values()]);
  if (lines.length < 2) return lines[0] ?? [];
  const length = Math.max(...lines.map((line) => line.length));
  return Array.from({ length }, (_, index) => {
    let total: number | null = null;
    for (const line of lines) {
      const value = line[index] ?? null;
      if (value !== null) total = (total ?? 0) + value;
    }
    return total;
  });
}
