/** Names of the watched targets by their id: series carry the id alone. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../api/use-api.ts';

export type TargetTitles = ReadonlyMap<string, string>;

export function useTargetTitles(): TargetTitles {
  const api = useApi();
  const { data } = useQuery({ ...api.targets.list.queryOptions(), staleTime: 5_000 });
  return useMemo(() => new Map((data ?? []).map(({ settings }) => [settings.id, settings.title])), [data]);
}
