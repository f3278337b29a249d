/** Every metric's description by its name; the list changes seldom. */
import type { MetricInfo } from '@contract/metric.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from './use-api.ts';

export function useMetrics(): ReadonlyMap<string, MetricInfo> {
  const api = useApi();
  const { data } = useQuery({ ...api.metrics.list.queryOptions(), staleTime: 60_000 });
  return useMemo(() => new Map((data ?? []).map((metric) => [metric.name, metric])), [data]);
}

const ofTheMonitor = /^(source|tick|ticks|monitor|store|events|otlp|statsd_lines)_/;

/** To choose from: what the monitor tells of itself comes last. */
export const ownLast = (metrics: readonly MetricInfo[]): readonly MetricInfo[] =>
  metrics.toSorted((a, b) => Number(ofTheMonitor.test(a.name)) - Number(ofTheMonitor.test(b.name)));
