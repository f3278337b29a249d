/**
 * A stretch of the past: lines, the band between lowest and highest, gaps, annotations of what happened; drag to look
 * closer.
 */
import type { Gap } from '@contract/batch.ts';
import type { Unit } from '@contract/metric.ts';
import { VisuallyHidden } from '@mantine/core';
import { memo, type ReactNode, useMemo, useState } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useText } from '../i18n/use-text.tsx';
import { seriesColors, stateColors } from '../styles/tokens.ts';
import {
  type AnnotationGroup,
  type AnnotationState,
  type ChartAnnotation,
  groupAnnotations,
  groupAt,
} from './chart-annotations.ts';
import { chartSummary } from './chart-summary.ts';
import type { HistoryLine, HistoryRow } from './history-rows.ts';
import { fixedScale, scaleFor } from './scale.ts';
import { timeTicks } from './time-ticks.ts';

export interface HistoryChartProps {
  readonly name: string;
  readonly from: number;
  readonly until: number;
  readonly rows: readonly HistoryRow[];
  readonly lines: readonly HistoryLine[];
  readonly unit: Unit;
  readonly gaps: readonly Gap[];
  readonly annotations: readonly ChartAnnotation[];
  readonly max?: number;
  readonly onZoom: (from: number, until: number) => void;
}

const annotationColors: Record<AnnotationState, string> = { ...stateColors, change: 'var(--text-quiet)' };
const mostTold = 4;

/** Told apart by shape, too: an alert, a change, or how many of both. */
const signOf = ({ annotations, state }: AnnotationGroup): string =>
  annotations.length > 1 ? String(annotations.length) : state === 'change' ? '◆' : '▲';

const told = (group: AnnotationGroup | undefined): readonly string[] => {
  if (group === undefined) return [];
  const labels = group.annotations.map(({ label }) => label);
  return labels.length > mostTold ? [...labels.slice(0, mostTold), '…'] : labels;
};

export const HistoryChart = memo(function HistoryChart(props: HistoryChartProps): ReactNode {
  const { name, from, until, rows, lines, unit, gaps, annotations, max, onZoom } = props;
  const texts = useText();
  const { t, format } = texts;
  const scale = max === undefined ? scaleFor(largestOf(rows, lines), unit) : fixedScale(max);
  const [drag, setDrag] = useState<{ readonly start: number; readonly end: number }>();
  const span = until - from;
  const groups = useMemo(() => groupAnnotations(annotations, from, until), [annotations, from, until]);
  const color = (index: number): string => seriesColors[index % seriesColors.length] as string;
  const finish = (): void => {
    if (drag !== undefined && Math.abs(drag.end - drag.start) > span / 100)
      onZoom(Math.min(drag.start, drag.end), Math.max(drag.start, drag.end));
    setDrag(undefined);
  };
  const timeOf = (label: string | number | undefined): number | undefined =>
    label === undefined ? undefined : Number(label);
  return (
    <figure className="chart" aria-label={name} data-span={span}>
      <VisuallyHidden component="figcaption">
        {lines
          .map((line) =>
            chartSummary(
              line.name,
              rows.map((row) => row[line.field]),
              unit,
              texts,
            ),
          )
          .join('; ')}
      </VisuallyHidden>
      <div className="history-plot" style={{ userSelect: 'none', cursor: 'crosshair' }} aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%">
          <ComposedChart
            data={rows as HistoryRow[]}
            margin={{ top: 6, right: 2, bottom: 0, left: 0 }}
            accessibilityLayer={false}
            onMouseDown={({ activeLabel }) => {
              const at = timeOf(activeLabel);
              if (at !== undefined) setDrag({ start: at, end: at });
            }}
            onMouseMove={({ activeLabel }) => {
              const at = timeOf(activeLabel);
              if (drag !== undefined && at !== undefined && at !== drag.end) setDrag({ ...drag, end: at });
            }}
            onMouseUp={finish}
            onMouseLeave={() => setDrag(undefined)}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="at"
              type="number"
              domain={[from, until]}
              allowDataOverflow
              ticks={timeTicks(from, until) as number[]}
              tickFormatter={(at: number) => format.shortTime(at, span)}
              tick={{ fontSize: 11, fill: 'var(--text-quiet)' }}
              stroke="var(--line)"
              interval="equidistantPreserveStart"
              height={22}
            />
            <YAxis
              width={66}
              domain={[0, scale.top]}
              ticks={scale.ticks as number[]}
              // Recharts breaks a label at a space.
              tickFormatter={(value: number) => format.tick(value, unit, scale.top).replaceAll(' ', '\u00a0')}
              tick={{ fontSize: 11, fill: 'var(--text-quiet)' }}
              axisLine={false}
              tickLine={false}
            />
            <Tooltip
              isAnimationActive={false}
              separator=": "
              labelFormatter={(at) =>
                [format.dateTime(Number(at)), ...told(groupAt(groups, Number(at), from, until))].join('\n')
              }
              labelStyle={{ whiteSpace: 'pre-line' }}
              formatter={(value, key) => {
                if (Array.isArray(value))
                  return [
                    `${format.value(Number(value[0]), unit)} … ${format.value(Number(value[1]), unit)}`,
                    t('trends.band'),
                  ];
                return [format.value(Number(value), unit), lines.find(({ field }) => field === key)?.name ?? ''];
              }}
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
            <Area
              dataKey="band"
              stroke="none"
              fill={color(0)}
              fillOpacity={0.16}
              isAnimationActive={false}
              activeDot={false}
            />
            {lines.map((line, index) => (
              <Line
                key={line.field}
                dataKey={line.field}
                stroke={line.isEarlier ? 'var(--text-quiet)' : color(index)}
                strokeWidth={1.5}
                {...(line.isEarlier && { strokeDasharray: '4 3' })}
                dot={false}
                activeDot={{ r: 3 }}
                isAnimationActive={false}
              />
            ))}
            {groups.map((group) => (
              <ReferenceLine
                key={group.at}
                x={group.at}
                stroke={annotationColors[group.state]}
                strokeDasharray="2 2"
                label={{
                  value: signOf(group),
                  // Left of its line: at the right edge there is no room.
                  position: 'insideTopRight',
                  offset: 3,
                  fontSize: 11,
                  fill: annotationColors[group.state],
                }}
              />
            ))}
            {drag !== undefined && (
              <ReferenceArea x1={drag.start} x2={drag.end} fill="var(--series-1)" fillOpacity={0.2} />
            )}
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
});

function largestOf(rows: readonly HistoryRow[], lines: readonly HistoryLine[]): number {
  let largest = 0;
  for (const row of rows) {
    for (const { field } of lines) largest = Math.max(largest, row[field] ?? 0);
    largest = Math.max(largest, row.band?.[1] ?? 0);
  }
  return largest;
}
