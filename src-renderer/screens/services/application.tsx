/** What applications report: queries and cache, live. */
import type { Unit } from '@contract/metric.ts';
import { SimpleGrid, Text } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { LiveCard } from '../../charts/live-card.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { totalOf } from '../../live/total-of.ts';
import { useLive } from '../../live/use-live.tsx';
import { Card } from '../../ui/card.tsx';
import { Empty } from '../../ui/states.tsx';

const figures = [
  ['query_time_seconds', 'seconds', 'Query time'],
  ['query_time_p95_seconds', 'seconds', 'Query time, p95'],
  ['queries_per_second', 'per_second', 'Throughput'],
  ['query_success_ratio', 'ratio', 'Success rate'],
  ['cache_hit_ratio', 'ratio', 'Cache hit rate'],
  ['database_errors_total', 'count', 'Database errors'],
] as const satisfies readonly (readonly [string, Unit, string])[];

export function Application(): ReactNode {
  const { t, format, say } = useText();
  const live = useLive(...figures.map(([metric]) => metric));
  const isReporting = live.latest('query_time_seconds') !== null || live.latest('cache_hit_ratio') !== null;
  if (!isReporting)
    return (
      <Card className="span-12" title={t('application.title')}>
        <Empty icon={IconActivity} title={t('application.none')} detail={t('application.noneDetail')} />
      </Card>
    );
  return (
    <>
      <Card className="span-12" title={t('application.title')}>
        <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }}>
          {figures.map(([metric, unit, english]) => (
            <div key={metric}>
              <div className="figure figure-text">{format.value(live.latest(metric), unit)}</div>
              <Text size="xs" className="quiet">
                {say(`metric.${metric}`, english)}
              </Text>
            </div>
          ))}
        </SimpleGrid>
      </Card>
      <LiveCard
        className="span-6"
        title={t('application.queryTime')}
        past={['query_time_seconds', 'query_time_p95_seconds']}
        unit="seconds"
        lines={[
          { name: t('application.average'), values: totalOf(live, 'query_time_seconds') },
          { name: 'p95', values: totalOf(live, 'query_time_p95_seconds') },
        ]}
      />
      <LiveCard
        className="span-6"
        title={t('application.throughput')}
        past={['queries_per_second']}
        unit="per_second"
        lines={[{ name: t('application.throughput'), values: totalOf(live, 'queries_per_second') }]}
      />
    </>
  );
}
