/** What fired before: filtered, virtualised, so that ten thousand rows cost as much as thirty. */

import type { HistoryEntry } from '@contract/alerts/alert-procedures.ts';
import { incidentIdOf } from '@contract/alerts/incidents.ts';
import { dayMs } from '@contract/shared/durations.ts';
import { Group, Select, SimpleGrid, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { alertDetail, placedTitle } from '../../alert/describe-alert.ts';
import { useRuleTitles } from '../../alert/use-rule-titles.ts';
import { useApi } from '../../api/use-api.ts';
import { useMetrics } from '../../api/use-metrics.ts';
import { causeStatement } from '../../explain/describe-cause.ts';
import { useText } from '../../i18n/use-text.tsx';
import { useTargetTitles } from '../../targets/use-targets.ts';
import { Card } from '../../ui/card.tsx';
import { Figure } from '../../ui/figure.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Answer, Empty } from '../../ui/states.tsx';
import { RuleSelect } from './rule-select.tsx';

const days = { day: 1, week: 7, month: 30, year: 365 } as const;
type Span = keyof typeof days;
const pageSize = 500;
const refreshMs = 10_000;
const severities = ['critical', 'warning', 'info'] as const;

export function HistoryTab(): ReactNode {
  const { t } = useText();
  const api = useApi();
  const [span, setSpan] = useState<Span>('week');
  const [severity, setSeverity] = useState<string | null>(null);
  const [rule, setRule] = useState<string | null>(null);
  // Whole minutes, so that the same question has the same key for a while.
  const until = Math.ceil(Date.now() / 60_000) * 60_000;
  const from = until - days[span] * dayMs;
  const history = useInfiniteQuery({
    ...api.alerts.history.infiniteOptions({
      input: (before: number) => ({
        from,
        until: before,
        limit: pageSize,
        ...(severity !== null && { severity: severity as (typeof severities)[number] }),
        ...(rule !== null && { rule }),
      }),
      initialPageParam: until,
      // One ms is asked for twice: several may have fired within it.
      getNextPageParam: (page) =>
        page.length < pageSize ? undefined : Math.min(...page.map(({ firedAt }) => firedAt)) + 1,
    }),
    placeholderData: keepPreviousData,
    // Whoever reads far back is not interrupted by asking for all of it again.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : refreshMs),
  });
  const entries = useMemo(() => history.data?.pages.flat(), [history.data]);
  const loadMore = useCallback(() => {
    if (history.hasNextPage && !history.isFetchingNextPage) void history.fetchNextPage();
  }, [history]);
  return (
    <>
      <Group mb={16} gap={8}>
        <Select
          aria-label={t('history.span')}
          data={(Object.keys(days) as Span[]).map((value) => ({ value, label: t(`history.span.${value}`) }))}
          value={span}
          onChange={(value) => value !== null && setSpan(value as Span)}
          allowDeselect={false}
          w={170}
        />
        <Select
          aria-label={t('history.severity')}
          placeholder={t('history.allSeverities')}
          data={severities.map((value) => ({ value, label: t(`severity.${value}`) }))}
          value={severity}
          onChange={setSeverity}
          clearable
          w={180}
        />
        <RuleSelect
          aria-label={t('history.rule')}
          placeholder={t('history.allRules')}
          value={rule}
          onChange={setRule}
        />
      </Group>
      <Figures from={from} until={until} />
      <Card title={t('history.title')}>
        <Answer query={history}>{() => <Entries entries={entries ?? []} onEnd={loadMore} />}</Answer>
      </Card>
    </>
  );
}

function Figures({ from, until }: { readonly from: number; readonly until: number }): ReactNode {
  const { t, format } = useText();
  const api = useApi();
  const ruleTitle = useRuleTitles();
  const { data } = useQuery({
    ...api.alerts.figures.queryOptions({ input: { from, until } }),
    placeholderData: keepPreviousData,
  });
  const noisiest = data?.rules[0];
  return (
    <SimpleGrid className="figures" cols={{ base: 2, xs: 3 }} spacing={{ base: 10, xs: 16 }} mb={16}>
      <Figure title={t('history.fired')} value={data === undefined ? '–' : format.value(data.fired, 'count')} />
      <Figure
        title={t('history.meanResolve')}
        value={data?.meanResolveMs === null || data === undefined ? '–' : format.duration(data.meanResolveMs / 1000)}
      />
      <Figure title={t('history.noisiest')} value={noisiest === undefined ? '–' : ruleTitle(noisiest.rule)} isText />
    </SimpleGrid>
  );
}

const rowHeight = 56;

interface EntriesProps {
  readonly entries: readonly HistoryEntry[];
  /** The last of them comes into view. */
  readonly onEnd: () => void;
}

function Entries({ entries, onEnd }: EntriesProps): ReactNode {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  const newestFirst = useMemo(
    () => [...new Map(entries.map((one) => [one.alert, one])).values()].toSorted((a, b) => b.firedAt - a.firedAt),
    [entries],
  );
  const rows = useVirtualizer({
    count: newestFirst.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const last = rows.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= newestFirst.length - 1) onEnd();
  }, [last, newestFirst.length, onEnd]);
  if (entries.length === 0)
    return <Empty icon={IconHistory} title={t('history.none')} detail={t('history.noneDetail')} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={box} aria-label={t('history.title')} tabIndex={0} style={{ maxHeight: 560, overflow: 'auto' }}>
      <ul className="history-list" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => (
          <li
            key={newestFirst[index]?.alert ?? index}
            aria-setsize={newestFirst.length}
            aria-posinset={index + 1}
            className="history-row"
            style={{ height: rowHeight, transform: `translateY(${start}px)` }}
          >
            <Entry entry={newestFirst[index] as HistoryEntry} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry }: { readonly entry: HistoryEntry }): ReactNode {
  const texts = useText();
  const { t, format } = texts;
  const targets = useTargetTitles();
  const alert = entry.transitions.at(-1)?.alert;
  const metrics = useMetrics();
  const value = alert === undefined ? '' : alertDetail(alert, texts, metrics);
  const cause = alert?.cause === undefined ? '' : causeStatement(alert.cause, texts);
  const acknowledged = entry.transitions.findLast(({ kind }) => kind === 'acknowledged');
  const lasted =
    entry.resolvedAt === null
      ? t('history.stillFiring')
      : t('history.lasted', { duration: format.duration((entry.resolvedAt - entry.since) / 1000) });
  return (
    <div style={{ minWidth: 0 }}>
      <a className="plain-link" href={`#/incidents/${incidentIdOf({ id: entry.alert, since: entry.since })}`}>
        <StateBadge state={entry.severity} label={placedTitle(entry.rule, alert, texts, targets)} />
      </a>
      <Text size="xs" className="quiet" truncate>
        {[format.dateTime(entry.since), value, cause].filter((part) => part !== '').join(' · ')} ·{' '}
        {entry.resolvedAt === null ? <strong style={{ color: 'var(--state-critical)' }}>{lasted}</strong> : lasted}
        {acknowledged?.by !== undefined && ` · ${t('history.acknowledgedBy', { by: acknowledged.by })}`}
      </Text>
    </div>
  );
}
