/** A series as a person calls it: its metric's title, and what of it in brackets. */
import { parseSeriesKey, type Unit } from '@contract/metric.ts';
import { useCallback } from 'react';
import { placeOf } from '../../alert/describe-alert.ts';
import { useMetrics } from '../../api/use-metrics.ts';
import { chartUnit } from '../../charts/history-rows.ts';
import { useText } from '../../i18n/use-text.tsx';

export interface SeriesName {
  readonly title: string;
  readonly unit: Unit;
  readonly metric: string;
}

export function useSeriesNames(): (key: string) => SeriesName {
  const { say } = useText();
  const metrics = useMetrics();
  return useCallback(
    (key) => {
      const parsed = parseSeriesKey(key);
      const name = parsed?.name ?? key;
      const metric = metrics.get(name);
      const place = placeOf(parsed?.labels ?? {});
      const title = say(`metric.${name}`, metric?.title ?? name);
      return { title: place === '' ? title : `${title} (${place})`, unit: chartUnit(metric), metric: name };
    },
    [metrics, say],
  );
}
