/** The scale of a chart from zero: round steps in the unit that its labels are written in. Pure. */
import type { Unit } from '@contract/metric.ts';

export interface Scale {
  readonly top: number;
  /** From zero to the top. */
  readonly ticks: readonly number[];
}

const maxSteps = 4;
const roundSteps = [1, 2, 2.5, 5, 10] as const;

/** @param largest of the values drawn; the top of the scale is never below it */
export function scaleFor(largest: number, unit: Unit): Scale {
  const size = labelSize(largest, unit);
  const inLabels = largest / size;
  // Nothing but zeros still needs a line to lie on.
  const step = inLabels > 0 ? roundStep(inLabels / maxSteps) : 1;
  const count = Math.max(1, Math.ceil(inLabels / step - 1e-9));
  return scaleOf(count * step * size, count);
}

/** A scale whose top is known, in halves. */
export const fixedScale = (top: number): Scale => scaleOf(top, 2);

const scaleOf = (top: number, count: number): Scale => ({
  top,
  ticks: Array.from({ length: count + 1 }, (_, index) => (top * index) / count),
});

/** What one of the label's unit is: 1,024 for KiB, 0.01 for per cent. */
function labelSize(value: number, unit: Unit): number {
  if (unit === 'ratio') return 0.01;
  if (unit === 'bytes' || unit === 'bytes_per_second')
    return value < 1 ? 1 : 1024 ** Math.min(4, Math.floor(Math.log2(value) / 10));
  return 1;
}

function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  return (roundSteps.find((step) => step * power >= atLeast * (1 - 1e-9)) ?? 10) * power;
}
