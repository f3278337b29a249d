/**
 * A canvas that is painted after each render and when its size changes. Its size is told, never asked for: asking costs
 * a layout.
 */
import { type RefObject, useEffect, useRef } from 'react';

export type Paint = (context: CanvasRenderingContext2D, width: number, height: number) => void;

export function useCanvas(paint: Paint): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(paint);
  const size = useRef({ width: 0, height: 0 });
  useEffect(() => {
    latest.current = paint;
    repaint(canvas.current, size.current, paint);
  });
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      size.current = { width: entry.contentRect.width, height: entry.contentRect.height };
      repaint(canvas.current, size.current, latest.current);
    });
    if (canvas.current !== null) observer.observe(canvas.current);
    return () => observer.disconnect();
  }, []);
  return canvas;
}

function repaint(
  canvas: HTMLCanvasElement | null,
  { width, height }: { readonly width: number; readonly height: number },
  paint: Paint,
): void {
  const context = canvas?.getContext('2d') ?? null;
  if (canvas === null || context === null || width === 0) return;
  const ratio = window.devicePixelRatio;
  const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting a size, even the same one, allocates the picture anew.
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  paint(context, width, height);
}
