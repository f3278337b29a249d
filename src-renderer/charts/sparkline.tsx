/** A line the size of a word, on a canvas: it has no scale to read, and costs a tenth of an SVG chart. */
import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { liveSeconds } from '../live/live-store.ts';

export interface SparklineProps {
  readonly values: readonly (number | null)[];
  /** Upper end of the scale; without it the largest value. */
  readonly max?: number;
  readonly height?: number;
}

export function Sparkline({ values, max, height = 32 }: SparklineProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('light');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours behind the same variables
  useEffect(() => {
    if (canvas.current !== null) draw(canvas.current, values, max);
  }, [values, max, scheme]);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus
  return <canvas ref={canvas} aria-hidden="true" style={{ width: '100%', height, display: 'block' }} />;
}

function draw(canvas: HTMLCanvasElement, values: readonly (number | null)[], max: number | undefined): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  const ratio = window.devicePixelRatio;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  context.scale(ratio, ratio);
  const color = getComputedStyle(canvas).getPropertyValue('--series-1');
  const top = max ?? Math.max(1, ...values.filter((value) => value !== null));
  const step = width / (liveSeconds - 1);
  const x = (index: number): number => width - (values.length - 1 - index) * step;
  const y = (value: number): number => height - 1 - Math.min(1, value / top) * (height - 2);
  let runStart: number | undefined;
  const end = (last: number): void => {
    if (runStart === undefined) return;
    context.strokeStyle = color;
    context.lineWidth = 1.5;
    context.stroke();
    context.lineTo(x(last), height);
    context.lineTo(x(runStart), height);
    context.globalAlpha = 0.12;
    context.fillStyle = color;
    context.fill();
    context.globalAlpha = 1;
    runStart = undefined;
  };
  for (const [index, value] of values.entries()) {
    if (value === null) {
      end(index - 1);
      continue;
    }
    if (runStart === undefined) {
      context.beginPath();
      context.moveTo(x(index), y(value));
      runStart = index;
    } else context.lineTo(x(index), y(value));
  }
  end(values.length - 1);
}
