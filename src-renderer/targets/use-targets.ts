/** The watched targets, asked for once for all who name them: series carry the id alone. */
import type { TargetStatus } from '@contract/targets.ts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useApi } from '../api/use-api.ts';

export type TargetTitles = ReadonlyMap<string, string>;

export function useTargetTitles(): TargetTitles {
  const targets = useTargets();
  return useMemo(() => new Map(targets.map(({ settings }) => [settings.id, settings.title])), [targets]);
}

const none: readonly TargetStatus[] = [];

export function useTargets(): readonly TargetStatus[] {
  const api = useApi();
  return useQuery({ ...api.targets.list.queryOptions(), staleTime: 5_000 }).data ?? none;
}
