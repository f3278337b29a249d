import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { useLive } from '../../live/use-live.tsx';
import { Card } from '../../ui/card.tsx';

/** There only while a knowledge base is watched or an application reports. */
export function KnowledgeBase(): ReactNode {
  const { t, format } = useText();
  const live = useLive('facts_total', 'query_time_seconds', 'cache_hit_ratio', 'database_errors_total');
  const figures = [
    [t('knowledge.facts'), format.value(live.latest('facts_total'), 'count')],
    [t('knowledge.queryTime'), format.value(live.latest('query_time_seconds'), 'seconds')],
    [t('knowledge.hitRate'), format.value(live.latest('cache_hit_ratio'), 'ratio')],
    [t('knowledge.errors'), format.value(live.latest('database_errors_total'), 'count')],
  ] as const;
  if (live.latest('facts_total') === null && live.latest('query_time_seconds') === null) return null;
  return (
    <Card title={t('knowledge.title')}>
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <div className="figure">{value}</div>
            <Text size="sm" className="quiet">
              {name}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Card>
  );
}
