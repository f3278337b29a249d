import type { VolumeCapacity } from '@contract/insights/insights-procedures.ts';
import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import { type Texts, useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { Answer } from '../../ui/states.tsx';

export function Capacity(): ReactNode {
  const { t } = useText();
  const api = useApi();
  const capacity = useQuery({ ...api.insights.capacity.queryOptions(), refetchInterval: 60_000 });
  return (
    <Card title={t('insights.capacity')}>
      <Answer query={capacity} rows={2}>
        {(volumes) =>
          volumes.length === 0 ? (
            <Text size="sm" className="quiet" py={16} ta="center">
              {t('insights.noCapacity')}
            </Text>
          ) : (
            volumes.map((one) => <Volume key={one.volume} capacity={one} />)
          )
        }
      </Answer>
    </Card>
  );
}

function Volume({ capacity }: { readonly capacity: VolumeCapacity }): ReactNode {
  const texts = useText();
  const { t, format } = texts;
  const { volume, freeBytes, sizeBytes, bytesPerDay, dayCount, state } = capacity;
  return (
    <Group justify="space-between" className="list-row" gap={10}>
      <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Text size="sm" fw={600}>
          {volume}
        </Text>
        <Text size="xs" className="quiet">
          {t('insights.free', { free: format.value(freeBytes, 'bytes'), size: format.value(sizeBytes, 'bytes') })}
        </Text>
      </div>
      <div>
        <Text size="sm" {...(state === 'filling-fast' && { fw: 600 })}>
          {verdictOf(capacity, texts)}
        </Text>
        {state === 'runs-out' && (
          <Text size="xs" className="quiet">
            {t('insights.perDay', { bytes: format.value(bytesPerDay, 'bytes'), days: dayCount })}
          </Text>
        )}
      </div>
    </Group>
  );
}

function verdictOf(capacity: VolumeCapacity, { t, format }: Texts): string {
  const { state, at, medianSeconds, earliestSeconds, latestSeconds, dayCount, leastDays } = capacity;
  const date = (seconds: number | null): string =>
    new Intl.DateTimeFormat(format.locale, { dateStyle: 'medium' }).format(at + (seconds ?? 0) * 1_000);
  switch (state) {
    case 'runs-out': {
      const dates = { earliest: date(earliestSeconds), median: date(medianSeconds) };
      if (date(earliestSeconds) === date(latestSeconds)) return t('insights.runsOutOn', dates);
      return latestSeconds === null
        ? t('insights.runsOutOpen', dates)
        : t('insights.runsOut', { ...dates, latest: date(latestSeconds) });
    }
    case 'filling-fast':
      return t('insights.fillingFast', { duration: format.duration(medianSeconds ?? 0) });
    case 'not-in-sight':
      return t('insights.notInSight');
    case 'too-little-history':
      return t('insights.days', { known: dayCount, needed: leastDays });
  }
}
