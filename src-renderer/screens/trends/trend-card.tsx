/** One metric over the range: its chart or the same as a table. */
import type { RangeAnswer } from '@contract/history.ts';
import type { MetricInfo } from '@contract/metric.ts';
import { SegmentedControl, Text } from '@mantine/core';
import { IconChartLine, IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { placeOf } from '../../alert/describe-alert.ts';
import { useApi } from '../../api/use-api.ts';
import type { ChartAnnotation } from '../../charts/chart-annotations.ts';
import { ChartTable } from '../../charts/chart-table.tsx';
import { HistoryChart } from '../../charts/history-chart.tsx';
import { chartUnit, type HistoryLine, type HistoryRow, historyRows } from '../../charts/history-rows.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { Legend } from '../../ui/legend.tsx';
import { Failed, Waiting } from '../../ui/states.tsx';
import { rangeOptions } from './range-options.ts';

export interface TrendCardProps {
  readonly name: string;
  readonly metric: MetricInfo | undefined;
  readonly from: number;
  readonly until: number;
  readonly isCompared: boolean;
  readonly annotations: readonly ChartAnnotation[];
  readonly onZoom: (from: number, until: number) => void;
}

/** More lines than this can't be told apart; those with the largest values stay. */
const maxLines = 6;

export function TrendCard({ name, metric, from, until, isCompared, annotations, onZoom }: TrendCardProps): ReactNode {
  const { t, format, say } = useText();
  const api = useApi();
  const [view, setView] = useState('chart');
  const span = until - from;
  const now = useQuery(rangeOptions(api, name, { from, until }));
  const before = useQuery({ ...rangeOptions(api, name, { from: from - span, until: from }), enabled: isCompared });
  const earlier = isCompared ? before.data : undefined;
  const chart = useMemo(() => {
    if (now.data === undefined) return undefined;
    return chartOf(now.data, metric, earlier, (label) => (label === '' ? t('trends.now') : label), t('trends.before'));
  }, [now.data, earlier, metric, t]);
  const title = say(`metric.${name}`, metric?.title ?? name);
  const unit = chartUnit(metric);
  const last = (line: HistoryLine): number | null =>
    chart?.rows.findLast((row) => (row[line.field] ?? null) !== null)?.[line.field] ?? null;
  return (
    <Card
      title={metric?.kind === 'counter' ? t('trends.perSecond', { title }) : title}
      className="span-6"
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t('trends.view', { title })}
          value={view}
          onChange={setView}
          data={[
            { value: 'chart', label: <IconChartLine size={14} display="block" aria-label={t('trends.view.chart')} /> },
            { value: 'table', label: <IconTable size={14} display="block" aria-label={t('trends.view.table')} /> },
          ]}
        />
      }
    >
      <div className="history-plot">
        {now.isError && <Failed error={now.error} onRetry={() => void now.refetch()} />}
        {chart === undefined && !now.isError && <Waiting rows={4} />}
        {chart !== undefined && chart.lines.length === 0 && (
          <Text className="quiet" size="sm" ta="center" pt={80}>
            {t('trends.noData')}
          </Text>
        )}
        {chart !== undefined && chart.lines.length > 0 && view === 'table' && (
          <ChartTable
            name={title}
            rows={chart.rows}
            lines={chart.lines}
            unit={unit}
            timeOf={format.dateTime}
            annotations={annotations}
          />
        )}
        {chart !== undefined && chart.lines.length > 0 && view === 'chart' && (
          <HistoryChart
            name={title}
            from={chart.from}
            until={chart.until}
            rows={chart.rows}
            lines={chart.lines}
            unit={unit}
            gaps={chart.gaps}
            annotations={annotations}
            onZoom={onZoom}
            {...(unit === 'percent' && { max: 100 })}
          />
        )}
      </div>
      {chart !== undefined && chart.lines.length > 1 && (
        <div style={{ overflowX: 'auto', marginTop: 8 }}>
          <Legend
            entries={chart.lines.map((line) => ({
              name: line.name,
              value: format.value(last(line), unit),
              ...(line.isEarlier && { color: 'var(--text-quiet)' }),
            }))}
          />
        </div>
      )}
    </Card>
  );
}

function chartOf(
  answer: RangeAnswer,
  metric: MetricInfo | undefined,
  earlier: RangeAnswer | undefined,
  nameOf: (label: string) => string,
  earlierName: string,
): {
  readonly rows: readonly HistoryRow[];
  readonly lines: readonly HistoryLine[];
  readonly gaps: RangeAnswer['gaps'];
  /** Of the answer: while the next one is on its way, the chart stays what it was. */
  readonly from: number;
  readonly until: number;
} {
  const largest = (one: RangeAnswer['series'][number]): number =>
    Array.from(one.max).reduce((a, b) => Math.max(a, b), 0);
  const series =
    answer.series.length <= maxLines
      ? answer.series
      : answer.series.toSorted((a, b) => largest(b) - largest(a)).slice(0, maxLines);
  const shown = { ...answer, series };
  const lines: HistoryLine[] = series.map((one, index) => ({
    name: nameOf(placeOf(one.labels)),
    field: `v${index}`,
    isEarlier: false,
  }));
  const rows = historyRows(shown, metric);
  if (earlier !== undefined) {
    // Only what is drawn now is compared, and by its first line: two sets of many lines can't be read.
    const same = earlier.series.filter(({ key }) => key === series[0]?.key);
    const step = answer.stepMs;
    const shift = Math.round((answer.from - earlier.from) / step) * step;
    const field = `v${series.length}` as const;
    for (const [at, row] of historyRows({ ...earlier, series: same }, metric, shift, series.length)) {
      const target = rows.get(at);
      if (target !== undefined) rows.set(at, { ...target, [field]: row[field] ?? null });
    }
    if (same.length > 0) lines.push({ name: earlierName, field, isEarlier: true });
  }
  const { from, until } = answer;
  return { rows: [...rows.values()], lines, gaps: answer.gaps.filter((gap) => gap.source === undefined), from, until };
}
