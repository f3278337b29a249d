/** The last five minutes of one to four lines. Recharts without animation, at most 300 points a line, redrawn once a tick. */

import type { Gap } from '@contract/batch.ts';
import type { Unit } from '@contract/metric.ts';
import { VisuallyHidden } from '@mantine/core';
import { memo, type ReactNode, useMemo } from 'react';
import { Area, AreaChart, CartesianGrid, ReferenceArea, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useText } from '../i18n/use-text.tsx';
import { liveSeconds } from '../live/live-store.ts';
import { seriesColors } from '../styles/tokens.ts';

export interface ChartLine {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface LiveChartProps {
  readonly name: string;
  readonly at: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly unit: Unit;
  /** Upper end of the scale; without it the data decides. */
  readonly max?: number;
  readonly gaps?: readonly Gap[];
  readonly height?: number;
}

interface Row {
  readonly at: number;
  readonly [line: `v${number}`]: number | null;
}

export const LiveChart = memo(function LiveChart({
  name,
  at,
  lines,
  unit,
  max,
  gaps = [],
  height = 150,
}: LiveChartProps): ReactNode {
  const { t, format } = useText();
  const rows = useMemo<Row[]>(
    () =>
      at.map((time, index) => ({
        at: time,
        ...Object.fromEntries(lines.map((line, number) => [`v${number}`, line.values[index] ?? null])),
      })),
    [at, lines],
  );
  const until = at.at(-1) ?? 0;
  const from = until - liveSeconds * 1000;
  const summary = lines.map((line) => summarize(line, (value) => format.value(value, unit), t)).join('; ');
  const isEmpty = lines.every((line) => line.values.every((value) => value === null));

  return (
    <figure style={{ margin: 0 }} aria-label={name}>
      <VisuallyHidden component="figcaption">{isEmpty ? `${name}: ${t('chart.noData')}` : summary}</VisuallyHidden>
      <div style={{ height }} aria-hidden="true">
        {isEmpty ? (
          <div className="quiet" style={{ display: 'grid', placeItems: 'center', height: '100%' }}>
            {t('chart.noData')}
          </div>
        ) : (
          <ResponsiveContainer width="100%" height="100%">
            <AreaChart data={rows} margin={{ top: 6, right: 2, bottom: 0, left: 0 }} accessibilityLayer={false}>
              <CartesianGrid vertical={false} stroke="var(--line)" />
              <XAxis
                dataKey="at"
                type="number"
                domain={[from, until]}
                ticks={[from, from + (liveSeconds * 1000) / 2, until]}
                tickFormatter={(time: number) => format.time(time)}
                tick={{ fontSize: 11, fill: 'var(--text-quiet)' }}
                stroke="var(--line)"
                interval="preserveStartEnd"
                height={22}
              />
              <YAxis
                width={66}
                domain={[0, max ?? 'auto']}
                {...(max === 100 && { ticks: [0, 50, 100] })}
                tickFormatter={(value: number) => format.tick(value, unit).replaceAll(' ', '\u00a0')}
                tick={{ fontSize: 11, fill: 'var(--text-quiet)' }}
                tickCount={4}
                axisLine={false}
                tickLine={false}
              />
              <Tooltip
                isAnimationActive={false}
                labelFormatter={(time) => format.time(Number(time))}
                formatter={(value, key) => [
                  format.value(Number(value), unit),
                  lines[Number(String(key).slice(1))]?.name ?? '',
                ]}
                contentStyle={{
                  background: 'var(--card)',
                  border: '1px solid var(--line)',
                  borderRadius: 8,
                  fontSize: 12,
                }}
              />
              {gaps.map((gap) => (
                <ReferenceArea
                  key={gap.from}
                  x1={Math.max(from, gap.from)}
                  x2={Math.min(until, gap.until)}
                  fill="var(--line)"
                  fillOpacity={0.6}
                />
              ))}
              {lines.map((line, number) => (
                <Area
                  key={line.name}
                  dataKey={`v${number}`}
                  stroke={seriesColors[number % seriesColors.length]}
                  fill={seriesColors[number % seriesColors.length]}
                  fillOpacity={0.12}
                  strokeWidth={1.75}
                  dot={false}
                  activeDot={{ r: 3 }}
                  isAnimationActive={false}
                />
              ))}
            </AreaChart>
          </ResponsiveContainer>
        )}
      </div>
    </figure>
  );
});

function summarize(
  line: ChartLine,
  show: (value: number | null) => string,
  t: ReturnType<typeof useText>['t'],
): string {
  const present = line.values.filter((value) => value !== null);
  if (present.length === 0) return `${line.name}: ${t('chart.noData')}`;
  return t('chart.summary', {
    name: line.name,
    now: show(present.at(-1) ?? null),
    min: show(Math.min(...present)),
    max: show(Math.max(...present)),
  });
}
