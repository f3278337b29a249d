/** What applications report about themselves: query times and the cache. */
import type { ShippedRule } from './shipped-rule.ts';

export const applicationRules: readonly ShippedRule[] = [
  {
    id: 'slow_queries',
    title: { en: 'Queries are slow', de: 'Abfragen sind langsam' },
    // Already the average of a minute, so a short hold is enough.
    metric: 'query_time_seconds',
    levels: { warning: { threshold: 0.1, recoveryThreshold: 0.09 } },
    holdSeconds: 15,
    advice: {
      en: 'Look for a missing index, a large scan or a busy disk.',
      de: 'Suchen Sie nach einem fehlenden Index, einer großen Suche oder einem ausgelasteten Datenträger.',
    },
  },
  {
    id: 'very_slow_queries',
    title: { en: 'Queries are very slow', de: 'Abfragen sind sehr langsam' },
    metric: 'query_time_seconds',
    levels: { critical: { threshold: 0.5, recoveryThreshold: 0.4 } },
    holdSeconds: 10,
    inhibits: [{ rules: ['slow_queries'] }],
    advice: {
      en: 'Users are waiting. Look at the slowest query type first.',
      de: 'Benutzer warten. Sehen Sie sich zuerst die langsamste Art von Abfrage an.',
    },
  },
  {
    id: 'low_cache_hit_rate',
    title: { en: 'Cache hit rate is low', de: 'Cache-Trefferquote ist niedrig' },
    formerTitles: ['Few answers come from the cache'],
    // Already a ratio over five minutes.
    metric: 'cache_hit_ratio',
    direction: 'below',
    levels: { warning: { threshold: 0.7, recoveryThreshold: 0.75 } },
    holdSeconds: 60,
    advice: {
      en: 'The cache may be too small, or has just been emptied.',
      de: 'Der Cache ist vielleicht zu klein oder wurde gerade geleert.',
    },
  },
  {
    id: 'very_low_cache_hit_rate',
    title: { en: 'Cache hit rate is very low', de: 'Cache-Trefferquote ist sehr niedrig' },
    formerTitles: ['The cache hardly helps'],
    metric: 'cache_hit_ratio',
    direction: 'below',
    levels: { critical: { threshold: 0.5, recoveryThreshold: 0.55 } },
    holdSeconds: 60,
    inhibits: [{ rules: ['low_cache_hit_rate'] }],
    advice: {
      en: 'Check whether the cache works at all; each miss costs a full query.',
      de: 'Prüfen Sie, ob der Cache überhaupt arbeitet; jeder Fehltreffer kostet eine ganze Abfrage.',
    },
  },
];
