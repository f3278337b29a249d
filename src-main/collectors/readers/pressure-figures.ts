export interface PressureFigures {
  /** Shares of the last ten seconds, 0–1. */
  readonly some: number;
  readonly full?: number;
  readonly totalSeconds: number;
}

/** /proc/pressure/*: `some avg10=0.12 avg60=… avg300=… total=µs`, and a line `full` where it means something. */
export function parsePressure(text: string): PressureFigures | undefined {
  const some = /^some avg10=([\d.]+).* total=(\d+)/m.exec(text);
  if (some === null) return undefined;
  const full = /^full avg10=([\d.]+)/m.exec(text)?.[1];
  return {
    some: Number(some[1]) / 100,
    ...(full !== undefined && { full: Number(full) / 100 }),
    totalSeconds: Number(some[2]) / 1e6,
  };
}
