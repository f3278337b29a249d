/** A line the size of a word: it has no scale to read. */
import type { ReactNode } from 'react';
import { useDrawnColors } from '../styles/use-drawn-colors.ts';
import { drawLine } from './draw-line.ts';
import { useCanvas } from './use-canvas.ts';

export interface SparklineProps {
  readonly values: readonly (number | null)[];
  /** Upper end of the scale; without it the largest value. */
  readonly max?: number;
  /** The scale never ends below it: what hardly moves looks calm. */
  readonly least?: number;
  readonly height?: number;
}

export function Sparkline({ values, max, least = 1, height = 28 }: SparklineProps): ReactNode {
  const { series } = useDrawnColors();
  const top = max ?? Math.max(least, ...values.map((value) => value ?? 0));
  const canvas = useCanvas((context, width, full) =>
    drawLine(context, { values, top, color: series[0] as string, width, height: full }),
  );
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus
  return <canvas ref={canvas} aria-hidden="true" style={{ width: '100%', height, display: 'block' }} />;
}
