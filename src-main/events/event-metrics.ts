/** Metrics made of what applications report: names that dashboards rely on, and what derives from the events. */
import type { MetricDescription } from '../contract/metric.ts';
import { counters, gauges } from '../sampling/describe-metric.ts';

const gauge = gauges();
const counter = counters();

export const queryTime = gauge(
  'query_time_seconds',
  { en: 'Query time', de: 'Abfragezeit' },
  {
    en: 'Average duration of the queries that applications reported in the last minute.',
    de: 'Mittlere Dauer der Abfragen, die Anwendungen in der letzten Minute berichtet haben.',
  },
  'seconds',
);
export const queryTimeP50 = gauge(
  'query_time_p50_seconds',
  { en: 'Query time, median', de: 'Abfragezeit, Median' },
  {
    en: 'Half of the queries of the last five minutes took no longer than this.',
    de: 'Die Hälfte der Abfragen der letzten fünf Minuten dauerte nicht länger.',
  },
  'seconds',
);
export const queryTimeP95 = gauge(
  'query_time_p95_seconds',
  { en: 'Query time, p95', de: 'Abfragezeit, p95' },
  {
    en: 'Of 100 queries of the last five minutes, 95 took no longer than this.',
    de: 'Von 100 Abfragen der letzten fünf Minuten dauerten 95 nicht länger.',
  },
  'seconds',
);
export const queryTimeP99 = gauge(
  'query_time_p99_seconds',
  { en: 'Query time, p99', de: 'Abfragezeit, p99' },
  {
    en: 'Of 100 queries of the last five minutes, 99 took no longer than this.',
    de: 'Von 100 Abfragen der letzten fünf Minuten dauerten 99 nicht länger.',
  },
  'seconds',
);
export const queries = counter(
  'queries_total',
  { en: 'Queries', de: 'Abfragen' },
  { en: 'Queries that applications reported.', de: 'Abfragen, die Anwendungen berichtet haben.' },
  'count',
);
export const queriesFailed = counter(
  'queries_failed_total',
  { en: 'Failed queries', de: 'Fehlgeschlagene Abfragen' },
  {
    en: 'Queries that applications reported as failed.',
    de: 'Abfragen, die Anwendungen als fehlgeschlagen berichtet haben.',
  },
  'count',
);
export const queriesOfType = counter(
  'query_type_queries_total',
  { en: 'Queries by type', de: 'Abfragen nach Art' },
  { en: 'Queries that applications reported, by type.', de: 'Abfragen dieser Art, die Anwendungen berichtet haben.' },
  'count',
  ['query_type'],
);
export const queryTimeOfType = counter(
  'query_type_duration_seconds_total',
  { en: 'Query time by type', de: 'Abfragezeit nach Art' },
  {
    en: 'Time that queries of this type took, added up.',
    de: 'Zeit, die Abfragen dieser Art brauchten, zusammengezählt.',
  },
  'seconds',
  ['query_type'],
);
export const throughput = gauge(
  'queries_per_second',
  { en: 'Throughput', de: 'Durchsatz' },
  { en: 'Queries a second over the last minute.', de: 'Abfragen je Sekunde in der letzten Minute.' },
  'per_second',
);
export const errorRatio = gauge(
  'query_error_ratio',
  { en: 'Error rate', de: 'Fehlerrate' },
  {
    en: 'Share of the queries of the last minute that failed.',
    de: 'Anteil der Abfragen der letzten Minute, die fehlschlugen.',
  },
  'ratio',
);
export const successRatio = gauge(
  'query_success_ratio',
  { en: 'Success rate', de: 'Erfolgsrate' },
  {
    en: 'Share of the queries of the last minute that succeeded.',
    de: 'Anteil der Abfragen der letzten Minute, die gelangen.',
  },
  'ratio',
);

/** The buckets that OpenTelemetry's conventions set for calls to a database, seconds. */
export const durationBuckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] as const;
const histogram = 'query_duration_seconds';
const duration = {
  en: 'Durations of the queries that applications reported.',
  de: 'Dauer der Abfragen, die Anwendungen gemeldet haben.',
};
export const durationBucket: MetricDescription = {
  ...counter(
    `${histogram}_bucket`,
    { en: 'Queries up to a duration', de: 'Abfragen bis zu einer Dauer' },
    duration,
    'count',
    ['le'],
  ),
  histogram,
};
export const durationSum: MetricDescription = {
  ...counter(`${histogram}_sum`, { en: 'Total query time', de: 'Abfragezeit, gesamt' }, duration, 'seconds'),
  histogram,
};
export const durationCount: MetricDescription = {
  ...counter(`${histogram}_count`, { en: 'Queries with a duration', de: 'Abfragen mit Dauer' }, duration, 'count'),
  histogram,
};

export const cacheHits = counter(
  'cache_hits_total',
  { en: 'Cache hits', de: 'Cache-Treffer' },
  {
    en: 'Look-ups that the cache of an application answered.',
    de: 'Nachfragen, die der Cache einer Anwendung beantwortet hat.',
  },
  'count',
);
export const cacheMisses = counter(
  'cache_misses_total',
  { en: 'Cache misses', de: 'Cache-Fehlgriffe' },
  {
    en: 'Look-ups that the cache of an application could not answer.',
    de: 'Nachfragen, die der Cache einer Anwendung nicht beantworten konnte.',
  },
  'count',
);
export const cacheHitRatio = gauge(
  'cache_hit_ratio',
  { en: 'Cache hit rate', de: 'Trefferquote des Caches' },
  {
    en: 'Share of the look-ups of the last five minutes that the cache answered.',
    de: 'Anteil der Nachfragen der letzten fünf Minuten, die der Cache beantwortet hat.',
  },
  'ratio',
);
export const cacheHitRatioSinceStart = gauge(
  'cache_hit_since_start_ratio',
  { en: 'Cache hit rate since start', de: 'Trefferquote seit Beginn' },
  {
    en: 'Share of all look-ups since the monitor started that the cache answered.',
    de: 'Anteil aller Nachfragen seit dem Start des Monitors, die der Cache beantwortet hat.',
  },
  'ratio',
);
export const cacheResponseTime = gauge(
  'cache_response_time_seconds',
  { en: 'Cache response time', de: 'Antwortzeit des Caches' },
  {
    en: 'Average response time of the cache in the last minute, where reported.',
    de: 'Mittlere Antwortzeit des Caches in der letzten Minute, wo sie berichtet wird.',
  },
  'seconds',
);
export const cacheSavedCost = counter(
  'cache_saved_cost_total',
  { en: 'Cost saved by the cache', de: 'Vom Cache gesparte Kosten' },
  {
    en: 'Price of the calls that cache hits saved, where reported, in the currency of the application.',
    de: 'Preis der Aufrufe, die Treffer des Caches erspart haben, wo er berichtet wird, in der Währung der Anwendung.',
  },
  'count',
);

export const eventsAccepted = counter(
  'events_accepted_total',
  { en: 'Events counted', de: 'Gezählte Ereignisse' },
  {
    en: 'Events of applications that were counted, each once.',
    de: 'Ereignisse von Anwendungen, die gezählt wurden, jedes einmal.',
  },
  'count',
);
export const eventsRejected = counter(
  'events_rejected_total',
  { en: 'Events rejected', de: 'Abgewiesene Ereignisse' },
  { en: 'Events of applications that were not valid.', de: 'Ereignisse von Anwendungen, die nicht gültig waren.' },
  'count',
);
export const eventsRepeated = counter(
  'events_repeated_total',
  { en: 'Events repeated', de: 'Wiederholte Ereignisse' },
  {
    en: 'Events that came again with a known id and were not counted again.',
    de: 'Ereignisse, die mit einer bekannten Kennung noch einmal kamen und nicht noch einmal gezählt wurden.',
  },
  'count',
);
export const requestsRefused = counter(
  'events_requests_refused_total',
  { en: 'Requests refused', de: 'Abgewiesene Anfragen' },
  {
    en: 'Requests with events that were deferred because too many came at once.',
    de: 'Anfragen mit Ereignissen, die auf später verwiesen wurden, weil zu viele auf einmal kamen.',
  },
  'count',
);

export const eventMetrics: readonly MetricDescription[] = [
  queryTime,
  queryTimeP50,
  queryTimeP95,
  queryTimeP99,
  queries,
  queriesFailed,
  queriesOfType,
  queryTimeOfType,
  throughput,
  errorRatio,
  successRatio,
  durationBucket,
  durationSum,
  durationCount,
  cacheHits,
  cacheMisses,
  cacheHitRatio,
  cacheHitRatioSinceStart,
  cacheResponseTime,
  cacheSavedCost,
  eventsAccepted,
  eventsRejected,
  eventsRepeated,
  requestsRefused,
];
