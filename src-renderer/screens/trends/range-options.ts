import { keepPreviousData } from '@tanstack/react-query';
import type { useApi } from '../../api/use-api.ts';
import type { TimeRange } from './time-range.ts';

/** About two pixels each: what an eye can tell apart, and what recharts draws at once. */
const columns = 240;

/** The question of one chart; the same question is asked once, however many parts of the screen ask it. */
export const rangeOptions = (api: ReturnType<typeof useApi>, name: string, { from, until }: TimeRange) => ({
  ...api.history.range.queryOptions({
    input: { series: [name], from: Math.round(from), until: Math.round(until), columns },
  }),
  placeholderData: keepPreviousData,
  staleTime: 5_000,
});
