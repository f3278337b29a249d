/** What applications report about themselves: query times and the cache. */
import type { AlertRuleInput } from '../../contract/settings/alerts.ts';

export const applicationRules: readonly AlertRuleInput[] = [
  {
    id: 'slow_queries',
    title: 'Queries are slow',
    // Already the average of a minute, so a short hold is enough.
    metric: 'query_time_seconds',
    levels: { warning: { enter: 0.1, leave: 0.09 } },
    holdSeconds: 15,
    advice: 'Look for a missing index, a large scan or a busy disk.',
  },
  {
    id: 'very_slow_queries',
    title: 'Queries are very slow',
    metric: 'query_time_seconds',
    levels: { critical: { enter: 0.5, leave: 0.4 } },
    holdSeconds: 10,
    mutes: [{ rules: ['slow_queries'] }],
    advice: 'Users are waiting. Look at the slowest query type first.',
  },
  {
    id: 'low_cache_hit_rate',
    title: 'Few answers come from the cache',
    // Already a ratio over five minutes.
    metric: 'cache_hit_ratio',
    direction: 'below',
    levels: { warning: { enter: 0.7, leave: 0.75 } },
    holdSeconds: 60,
    advice: 'The cache may be too small, or has just been emptied.',
  },
  {
    id: 'very_low_cache_hit_rate',
    title: 'The cache hardly helps',
    metric: 'cache_hit_ratio',
    direction: 'below',
    levels: { critical: { enter: 0.5, leave: 0.55 } },
    holdSeconds: 60,
    mutes: [{ rules: ['low_cache_hit_rate'] }],
    advice: 'Check whether the cache works at all; each miss costs a full query.',
  },
];
