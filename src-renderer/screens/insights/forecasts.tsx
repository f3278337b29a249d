import { forecastHorizons, type SeriesForecast } from '@contract/insights/forecasts.ts';
import { hourMs } from '@contract/shared/durations.ts';
import { Table, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useApi } from '../../api/use-api.ts';
import type { MessageKey } from '../../i18n/en.ts';
import { type Texts, useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { Failed, Waiting } from '../../ui/states.tsx';
import { useSeriesNames } from './use-series-names.ts';

const foretold = [
  'system_cpu_percent',
  'system_memory_percent',
  'disk_space_main_used_ratio',
  'query_time_seconds',
  'cache_hit_ratio',
  'queries_per_second',
];

/** A series that this machine does not have has no row. */
export function Forecasts(): ReactNode {
  const { t } = useText();
  const api = useApi();
  const answers = useQueries({
    queries: foretold.map((series) => ({
      ...api.insights.forecast.queryOptions({ input: { series, hours: 24 as const } }),
      staleTime: 300_000,
      refetchInterval: 300_000,
    })),
  });
  const failure = answers.find(({ isError }) => isError)?.error;
  const known = answers.flatMap(({ data }) => (data === undefined || data.knownHours === 0 ? [] : [data]));
  const longest = Math.max(0, ...known.map(({ knownHours }) => knownHours));
  const ready = known.filter(({ forecast }) => forecast !== null);
  const isWaiting = answers.some(({ isPending }) => isPending);
  return (
    <Card title={t('insights.forecasts')}>
      {failure !== undefined && failure !== null && <Failed error={failure} />}
      {isWaiting && ready.length === 0 && <Waiting rows={3} />}
      {!isWaiting && ready.length === 0 && (
        <Text size="sm" className="quiet" py={16} ta="center">
          {t('insights.notEnough', { known: longest, needed: known[0]?.leastHours ?? 24 })}
        </Text>
      )}
      {ready.length > 0 && <ForecastTable list={ready} />}
    </Card>
  );
}

function ForecastTable({ list }: { readonly list: readonly SeriesForecast[] }): ReactNode {
  const { t } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section tabIndex={0} aria-label={t('insights.forecasts')} style={{ overflowX: 'auto' }}>
      <Table fz="sm" verticalSpacing={6} miw={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('insights.series')}</Table.Th>
            {forecastHorizons.map((hours) => (
              <Table.Th key={hours}>{t('insights.in', { hours })}</Table.Th>
            ))}
            <Table.Th>{t('insights.method')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.map((one) => (
            <ForecastRow key={one.series} answer={one} />
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function ForecastRow({ answer: { series, forecast } }: { readonly answer: SeriesForecast }): ReactNode {
  const texts = useText();
  const { t, format } = texts;
  const { title, unit } = useSeriesNames()(series);
  if (forecast === null) return null;
  const begin = (forecast.at[0] as number) - 1;
  return (
    <Table.Tr>
      <Table.Td>{title}</Table.Td>
      {forecastHorizons.map((hours) => {
        const index = forecast.at.findLastIndex((at) => at <= begin + hours * hourMs);
        const range = (lower: readonly number[], upper: readonly number[]) => ({
          lower: format.value(lower[index], unit),
          upper: format.value(upper[index], unit),
        });
        return (
          <Table.Td key={hours}>
            <Text size="sm" fw={600}>
              {format.value(forecast.mean[index], unit)}
            </Text>
            <Text size="xs" className="quiet" title={t('insights.range95', range(forecast.lower95, forecast.upper95))}>
              {t('insights.range80', range(forecast.lower80, forecast.upper80))}
            </Text>
          </Table.Td>
        );
      })}
      <Table.Td>
        <Text size="xs" className="quiet">
          {qualityOf(forecast, texts)}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

function qualityOf({ skill, method }: NonNullable<SeriesForecast['forecast']>, { t, format }: Texts): string {
  if (skill === null) return t('insights.noSkill');
  if (method === 'weighted') return t('insights.skill', { share: format.value(skill, 'ratio') });
  return t('insights.plain', { method: t(`insights.method.${method}` as MessageKey) });
}
