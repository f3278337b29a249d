import type { AnomalyStatus } from '@contract/insights/anomalies.ts';
import type { AnomalyEntry } from '@contract/insights/insights-procedures.ts';
import { dayMs, minuteMs } from '@contract/shared/durations.ts';
import { Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { IconChartDots, IconHourglass } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import { useRuleTitles } from '../../alert/use-rule-titles.ts';
import { useAction, useApi } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { Answer, Empty } from '../../ui/states.tsx';
import { describeAnnotation } from '../trends/describe-annotation.ts';
import { useSeriesNames } from './use-series-names.ts';

const refreshMs = 30_000;
const shown = 20;

export function Anomalies(): ReactNode {
  const { t } = useText();
  const api = useApi();
  const until = Math.ceil(Date.now() / minuteMs) * minuteMs;
  const input = { from: until - 7 * dayMs, until, limit: 100 };
  const status = useQuery({ ...api.insights.anomalyStatus.queryOptions(), refetchInterval: refreshMs });
  const anomalies = useQuery({
    ...api.insights.anomalies.queryOptions({ input }),
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
  return (
    <Card title={t('insights.anomalies')}>
      <Answer query={anomalies}>
        {(list) => (list.length === 0 ? <None status={status.data} /> : <List list={list} status={status.data} />)}
      </Answer>
    </Card>
  );
}

function None({ status }: { readonly status: AnomalyStatus | undefined }): ReactNode {
  const { t } = useText();
  if (status === undefined) return null;
  const { learnedSeries, watchedSeries, learnedHours, leastHours } = status;
  return learnedSeries === 0 ? (
    <Empty
      icon={IconHourglass}
      title={t('insights.notEnough', { known: learnedHours, needed: leastHours })}
      detail={t('insights.notEnoughDetail')}
    />
  ) : (
    <Empty
      icon={IconChartDots}
      title={t('insights.calm')}
      detail={t('insights.calmDetail', { learned: learnedSeries, watched: watchedSeries })}
    />
  );
}

interface ListProps {
  readonly list: readonly AnomalyEntry[];
  readonly status: AnomalyStatus | undefined;
}

function List({ list, status }: ListProps): ReactNode {
  const { t } = useText();
  return (
    <>
      {list.slice(0, shown).map((one) => (
        <Entry key={one.id} anomaly={one} />
      ))}
      <Text size="xs" className="quiet" mt={8}>
        {list.length > shown && `${t('insights.more', { count: list.length - shown })} · `}
        {status !== undefined &&
          t('insights.learning', { learned: status.learnedSeries, watched: status.watchedSeries })}
      </Text>
    </>
  );
}

function Entry({ anomaly }: { readonly anomaly: AnomalyEntry }): ReactNode {
  const texts = useText();
  const { t, format } = texts;
  const nameOf = useSeriesNames();
  const ruleTitle = useRuleTitles();
  const client = useClient();
  const markExpected = useAction(useCallback((id: string) => client.insights.markExpected({ id }), [client]));
  const { id, series, kind, from, until, expected, value, confidence, together, changes, isExpected } = anomaly;
  const { title, unit, metric } = nameOf(series);
  const span =
    until === null
      ? t('insights.goesOn', { time: format.moment(from) })
      : t('insights.lasted', { time: format.moment(from), duration: format.duration((until - from) / 1_000) });
  const around = `${Math.round(from - 30 * minuteMs)}-${Math.round((until ?? from) + 60 * minuteMs)}`;
  const began = together.map((key) => nameOf(key).title).join(', ');
  const changed = changes.map((change) => describeAnnotation(change, texts, ruleTitle)).join(', ');
  const circumstances = [
    began === '' ? undefined : t('insights.together', { list: began }),
    changed === '' ? undefined : t('insights.changes', { list: changed }),
    began === '' && changed === '' ? t('insights.alone') : undefined,
    t('insights.confidence', { share: format.value(confidence, 'ratio') }),
  ].filter((one) => one !== undefined);
  return (
    <Group justify="space-between" className="list-row" align="flex-start" gap={10}>
      <div style={{ minWidth: 0, flex: '1 1 260px' }}>
        <Group gap={8}>
          <Anchor href={`#/trends/${around}/${metric}`} size="sm" fw={600}>
            {title}
          </Anchor>
          <Badge variant="default" size="sm" tt="none">
            {t(`insights.kind.${kind}`)}
          </Badge>
        </Group>
        <Text size="sm">
          {value !== null &&
            `${t('insights.value', { value: format.value(value, unit), expected: format.value(expected, unit) })} · `}
          {span}
        </Text>
        <Text size="xs" className="quiet">
          {circumstances.join(' · ')}
        </Text>
      </div>
      {isExpected ? (
        <Text size="sm" className="quiet">
          {t('insights.expected')}
        </Text>
      ) : (
        <Button
          variant="default"
          size="xs"
          aria-label={t('insights.markExpectedOf', { series: title })}
          onClick={() => void markExpected.run(id)}
        >
          {t('insights.markExpected')}
        </Button>
      )}
    </Group>
  );
}
