/**
 * The past: any range of any metrics, zoomed, moved and compared. The address holds all of it, so it can be kept and
 * sent.
 */
import { ActionIcon, Button, Group, MultiSelect, SegmentedControl, Switch, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { useApi } from '../../api/use-api.ts';
import { ownLast, useMetrics } from '../../api/use-metrics.ts';
import { useText } from '../../i18n/use-text.tsx';
import { ScreenHeader } from '../../ui/screen-header.tsx';
import { CustomRange } from './custom-range.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { LiveMetric } from './live-metric.tsx';
import { rangeOptions } from './range-options.ts';
import { panned, presets, rangeOf, roundedNow, type TimeRange, textOf, zoomed } from './time-range.ts';
import { TrendCard } from './trend-card.tsx';
import { useHappenings } from './use-happenings.ts';
import { useNow } from './use-now.ts';
import { WhatHappened } from './what-happened.tsx';

const defaultMetrics = [
  'system_cpu_percent',
  'system_memory_percent',
  'disk_space_main_used_ratio',
  'network_receive_bytes_per_second',
];
const maxCharts = 12;

export function Trends(): ReactNode {
  const { t, say } = useText();
  const [, go] = useLocation();
  const { range: text = '24h', metrics: asked } = useParams<{ range?: string; metrics?: string }>();
  const chosen = useMemo(
    () => (asked === undefined ? defaultMetrics : decodeURIComponent(asked).split(',').slice(0, maxCharts)),
    [asked],
  );
  const [isCompared, setCompared] = useState(false);
  const [isExporting, setExporting] = useState(false);
  const metrics = useMetrics();
  const api = useApi();
  const isLive = text === 'live';
  const now = useNow((time) => roundedNow(time, text));
  const range = rangeOf(text, now);
  const { from, until } = range;
  // Other alerts are marked on every chart: they are the first answer to "what happened there?".
  const history = useQuery({
    ...api.alerts.history.queryOptions({ input: { from: Math.round(from), until: Math.round(until), limit: 200 } }),
    enabled: !isLive,
    placeholderData: keepPreviousData,
  });
  const changes = useQuery({
    ...api.history.annotations.queryOptions({ input: { from: Math.round(from), until: Math.round(until) } }),
    enabled: !isLive,
    placeholderData: keepPreviousData,
  }).data;
  // Gaps are those of the whole monitor: any series' answer tells them, and the first chart's has been asked for
  // anyway.
  const gaps = useQuery({
    ...rangeOptions(api, chosen[0] ?? '', range),
    enabled: !isLive && chosen.length > 0,
    select: (answer) => answer.gaps.filter(({ source }) => source === undefined),
  }).data;
  const happenings = useHappenings(history.data, changes, gaps);
  const show = useCallback(
    (next: string, list: readonly string[] = chosen) => go(`/trends/${next}/${list.join(',')}`),
    [go, chosen],
  );
  const showRange = useCallback((next: TimeRange) => show(textOf(next)), [show]);
  const zoomTo = useCallback((start: number, end: number) => showRange({ from: start, until: end }), [showRange]);
  const choices = ownLast([...metrics.values()])
    .filter((metric) => metric.isInfo !== true && metric.histogram === undefined)
    .map((metric) => ({ value: metric.name, label: say(`metric.${metric.name}`, metric.title) }));
  const titles = new Map<string, number>();
  for (const { label } of choices) titles.set(label, (titles.get(label) ?? 0) + 1);
  return (
    <>
      <ScreenHeader title={t('screen.trends')}>
        <Switch
          label={t('trends.compare')}
          checked={isCompared}
          disabled={isLive}
          onChange={(event) => setCompared(event.currentTarget.checked)}
        />
        <Button
          variant="default"
          size="xs"
          leftSection={<IconDownload size={14} />}
          onClick={() => setExporting(true)}
          disabled={isLive}
        >
          {t('trends.export')}
        </Button>
      </ScreenHeader>
      <Group mb={12} gap={8}>
        <SegmentedControl
          aria-label={t('trends.range')}
          value={text in presets || isLive ? text : 'custom'}
          onChange={(next) => show(next === 'custom' ? textOf(range) : next)}
          data={[
            { value: 'live', label: t('trends.live') },
            ...Object.keys(presets).map((value) => ({
              value,
              label: t(`trends.range.${value as keyof typeof presets}`),
            })),
            { value: 'custom', label: t('trends.range.custom') },
          ]}
        />
        {!isLive && (
          <Group gap={4}>
            <Step
              label={t('trends.earlier')}
              icon={<IconChevronLeft size={18} />}
              onClick={() => showRange(panned(range, -0.5, now))}
            />
            <Step
              label={t('trends.later')}
              icon={<IconChevronRight size={18} />}
              onClick={() => showRange(panned(range, 0.5, now))}
            />
            <Step
              label={t('trends.zoomIn')}
              icon={<IconZoomIn size={18} />}
              onClick={() => showRange(zoomed(range, 0.5, now))}
            />
            <Step
              label={t('trends.zoomOut')}
              icon={<IconZoomOut size={18} />}
              onClick={() => showRange(zoomed(range, 2, now))}
            />
          </Group>
        )}
        {!isLive && !(text in presets) && <CustomRange range={range} onChange={showRange} />}
      </Group>
      <MultiSelect
        aria-label={t('trends.metrics')}
        placeholder={t('trends.metrics')}
        data={choices.map(({ value, label }) => ({
          value,
          label: (titles.get(label) ?? 0) > 1 ? `${label} · ${value}` : label,
        }))}
        value={[...chosen]}
        onChange={(list) => show(text, list)}
        searchable
        maxValues={maxCharts}
        mb={16}
      />
      <div className="grid">
        {chosen
          .filter((name) => name !== '')
          .map((name) =>
            isLive ? (
              <LiveMetric key={name} name={name} metric={metrics.get(name)} />
            ) : (
              <TrendCard
                key={name}
                name={name}
                metric={metrics.get(name)}
                from={from}
                until={until}
                isCompared={isCompared}
                annotations={happenings.annotations}
                onZoom={zoomTo}
              />
            ),
          )}
        {!isLive && <WhatHappened happenings={happenings.list} onZoom={zoomTo} />}
      </div>
      {isExporting && <ExportDialog series={chosen} range={range} onClose={() => setExporting(false)} />}
    </>
  );
}

function Step({
  label,
  icon,
  onClick,
}: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
}): ReactNode {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={34} aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
