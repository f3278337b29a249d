/**
 * The last five minutes of one to six lines: a canvas between labels, painted once a tick. An SVG of it costs five
 * times as much.
 */
import type { Gap } from '@contract/batch.ts';
import type { Unit } from '@contract/metric.ts';
import { VisuallyHidden } from '@mantine/core';
import { type PointerEvent, type ReactNode, useState } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { liveSeconds } from '../live/live-store.ts';
import { seriesColors } from '../styles/tokens.ts';
import { useDrawnColors } from '../styles/use-drawn-colors.ts';
import { chartSummary } from './chart-summary.ts';
import { drawLine } from './draw-line.ts';
import { fixedScale, type Scale, scaleFor } from './scale.ts';
import { useCanvas } from './use-canvas.ts';

export interface ChartLine {
  readonly name: string;
  /** One a tick, the newest last. */
  readonly values: readonly (number | null)[];
}

export interface LiveChartProps {
  readonly name: string;
  /** Times of the ticks, ms since the epoch. */
  readonly at: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly unit: Unit;
  /** Upper end of the scale; without it the data decides. */
  readonly max?: number;
  readonly gaps?: readonly Gap[];
}

export function LiveChart({ name, at, lines, unit, max, gaps = [] }: LiveChartProps): ReactNode {
  const texts = useText();
  const { t } = texts;
  const isEmpty = lines.every(({ values }) => values.every((value) => value === null));
  const summary = lines.map((line) => chartSummary(line.name, line.values, unit, texts)).join('; ');
  const largest = lines.reduce((most, { values }) => values.reduce<number>((a, b) => Math.max(a, b ?? 0), most), 0);
  const scale = max === undefined ? scaleFor(largest, unit) : fixedScale(max);
  return (
    <figure className="chart" aria-label={name}>
      <VisuallyHidden component="figcaption">{isEmpty ? `${name}: ${t('chart.noData')}` : summary}</VisuallyHidden>
      {isEmpty ? (
        <div className="live-plot chart-empty" aria-hidden="true">
          {t('chart.noData')}
        </div>
      ) : (
        <div className="live-plot" aria-hidden="true">
          <Labels scale={scale} unit={unit} />
          <Plot at={at} lines={lines} unit={unit} gaps={gaps} scale={scale} />
          <span className="live-plot-begin">{t('chart.minutesAgo', { minutes: liveSeconds / 60 })}</span>
          <span className="live-plot-end">{t('chart.now')}</span>
        </div>
      )}
    </figure>
  );
}

function Labels({ scale, unit }: { readonly scale: Scale; readonly unit: Unit }): ReactNode {
  const { format } = useText();
  return (
    <div className="live-plot-scale">
      {scale.ticks.map((tick) => (
        <span key={tick} style={{ bottom: `${(tick / scale.top) * 100}%` }}>
          {format.tick(tick, unit, scale.top)}
        </span>
      ))}
    </div>
  );
}

type PlotProps = Required<Pick<LiveChartProps, 'at' | 'lines' | 'unit' | 'gaps'>> & { readonly scale: Scale };

function Plot({ at, lines, unit, gaps, scale }: PlotProps): ReactNode {
  const colors = useDrawnColors();
  /** Where the pointer is, 0 at the left edge and 1 at the right one. */
  const [pointer, setPointer] = useState<number>();
  const until = at.at(-1) ?? 0;
  const spanMs = (liveSeconds - 1) * 1000;
  const canvas = useCanvas((context, width, height) => {
    context.fillStyle = colors.line;
    for (const tick of scale.ticks) context.fillRect(0, Math.round((height - 1) * (1 - tick / scale.top)), width, 1);
    context.globalAlpha = 0.6;
    for (const gap of gaps) {
      const x = (time: number): number => width * (1 - Math.min(1, Math.max(0, (until - time) / spanMs)));
      context.fillRect(x(gap.from), 0, x(gap.until) - x(gap.from), height);
    }
    context.globalAlpha = 1;
    for (const [index, { values }] of lines.entries())
      drawLine(context, {
        values,
        top: scale.top,
        color: colors.series[index % colors.series.length] as string,
        width,
        height,
      });
    if (pointer !== undefined) context.fillRect(pointer * width, 0, 1, height);
  });
  const follow = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setPointer(Math.min(1, Math.max(0, (event.clientX - left) / width)));
  };
  return (
    <div className="live-plot-area" onPointerMove={follow} onPointerLeave={() => setPointer(undefined)}>
      <canvas ref={canvas} />
      {pointer !== undefined && <Reading at={at} lines={lines} unit={unit} pointer={pointer} />}
    </div>
  );
}

/** Time and values under the pointer. */
function Reading({
  at,
  lines,
  unit,
  pointer,
}: Pick<PlotProps, 'at' | 'lines' | 'unit'> & { readonly pointer: number }) {
  const { format } = useText();
  const fromEnd = Math.round((1 - pointer) * (liveSeconds - 1));
  const time = at.at(-1 - fromEnd);
  if (time === undefined) return null;
  return (
    <div
      className="chart-reading"
      style={pointer < 0.5 ? { left: `${pointer * 100}%` } : { right: `${(1 - pointer) * 100}%` }}
    >
      <div className="quiet">{format.time(time)}</div>
      {lines.map(({ name, values }, index) => (
        <div key={name} className="legend-entry">
          <span className="legend-color" style={{ background: seriesColors[index % seriesColors.length] }} />
          <span className="quiet">{name}</span>
          <strong>{format.value(values.at(-1 - fromEnd) ?? null, unit)}</strong>
        </div>
      ))}
    </div>
  );
}
