/** One line of a live chart on a canvas, filled down to zero; it is interrupted where a value is missing. */
import { liveSeconds } from '../live/live-store.ts';

export interface LineShape {
  /** One a second, the newest last. */
  readonly values: readonly (number | null)[];
  readonly top: number;
  readonly color: string;
  readonly width: number;
  readonly height: number;
}

/** The newest value stands at the right edge, one of five minutes ago at the left. */
const xOf = (index: number, count: number, width: number): number =>
  width - ((count - 1 - index) * width) / (liveSeconds - 1);

export function drawLine(context: CanvasRenderingContext2D, { values, top, color, width, height }: LineShape): void {
  const y = (value: number): number => height - 1 - Math.min(1, value / top) * (height - 2);
  const x = (index: number): number => xOf(index, values.length, width);
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = 1.5;
  context.lineJoin = 'round';
  for (let index = 0; index < values.length; index += 1) {
    const first = index;
    const value = values[index] ?? null;
    if (value === null) continue;
    context.beginPath();
    context.moveTo(x(index), y(value));
    let next = values[index + 1] ?? null;
    while (next !== null) {
      index += 1;
      context.lineTo(x(index), y(next));
      next = values[index + 1] ?? null;
    }
    // A value between two gaps is a point: as a line it would have no length.
    if (index === first) context.lineTo(x(index) + 1, y(value));
    context.stroke();
    context.lineTo(x(index), height);
    context.lineTo(x(first), height);
    context.globalAlpha = 0.12;
    context.fill();
    context.globalAlpha = 1;
  }
}
