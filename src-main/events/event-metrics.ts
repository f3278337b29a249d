/** Metrics made of what applications report: names of CONTRACT §1, and what derives from the events. */
import type { MetricDescription } from '../contract/metric.ts';
import { counters, gauges } from '../sampling/describe-metric.ts';

const gauge = gauges();
const counter = counters();

export const queryTime = gauge(
  'query_time_seconds',
  'Query time',
  'Average duration of the queries that applications reported in the last minute.',
  'seconds',
);
export const queryTimeP50 = gauge(
  'query_time_p50_seconds',
  'Query time, median',
  'Half of the queries of the last five minutes took no longer than this.',
  'seconds',
);
export const queryTimeP95 = gauge(
  'query_time_p95_seconds',
  'Query time, p95',
  'Of 100 queries of the last five minutes, 95 took no longer than this.',
  'seconds',
);
export const queryTimeP99 = gauge(
  'query_time_p99_seconds',
  'Query time, p99',
  'Of 100 queries of the last five minutes, 99 took no longer than this.',
  'seconds',
);
export const queries = counter('queries_total', 'Queries', 'Queries that applications reported.', 'count');
export const queriesFailed = counter(
  'queries_failed_total',
  'Failed queries',
  'Queries that applications reported as failed.',
  'count',
);
export const queriesOfType = counter(
  'query_type_queries_total',
  'Queries by type',
  'Queries that applications reported, by type.',
  'count',
  ['query_type'],
);
export const queryTimeOfType = counter(
  'query_type_duration_seconds_total',
  'Query time by type',
  'Time that queries of this type took, added up.',
  'seconds',
  ['query_type'],
);
export const throughput = gauge(
  'queries_per_second',
  'Throughput',
  'Queries a second over the last minute.',
  'per_second',
);
export const errorRatio = gauge(
  'query_error_ratio',
  'Error rate',
  'Share of the queries of the last minute that failed.',
  'ratio',
);
export const successRatio = gauge(
  'query_success_ratio',
  'Success rate',
  'Share of the queries of the last minute that succeeded.',
  'ratio',
);

/** The buckets that OpenTelemetry's conventions set for calls to a database, seconds. */
export const durationBuckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] as const;
const histogram = 'query_duration_seconds';
const duration = 'Durations of the queries that applications reported.';
export const durationBucket: MetricDescription = {
  ...counter(`${histogram}_bucket`, 'Queries up to a duration', duration, 'count', ['le']),
  histogram,
};
export const durationSum: MetricDescription = {
  ...counter(`${histogram}_sum`, 'Query time, added up', duration, 'seconds'),
  histogram,
};
export const durationCount: MetricDescription = {
  ...counter(`${histogram}_count`, 'Queries with a duration', duration, 'count'),
  histogram,
};

export const cacheHits = counter(
  'cache_hits_total',
  'Cache hits',
  'Look-ups that the cache of an application answered.',
  'count',
);
export const cacheMisses = counter(
  'cache_misses_total',
  'Cache misses',
  'Look-ups that the cache of an application could not answer.',
  'count',
);
export const cacheHitRatio = gauge(
  'cache_hit_ratio',
  'Cache hit rate',
  'Share of the look-ups of the last five minutes that the cache answered.',
  'ratio',
);
export const cacheHitRatioSinceStart = gauge(
  'cache_hit_since_start_ratio',
  'Cache hit rate since start',
  'Share of all look-ups since the monitor started that the cache answered.',
  'ratio',
);
export const cacheResponseTime = gauge(
  'cache_response_time_seconds',
  'Cache response time',
  'Average response time of the cache in the last minute, where reported.',
  'seconds',
);
export const cacheSavedCost = counter(
  'cache_saved_cost_total',
  'Cost saved by the cache',
  'Price of the calls that cache hits saved, where reported, in the currency of the application.',
  'count',
);

export const eventsAccepted = counter(
  'events_accepted_total',
  'Events counted',
  'Events of applications that were counted, each once.',
  'count',
);
export const eventsRejected = counter(
  'events_rejected_total',
  'Events rejected',
  'Events of applications that were not valid.',
  'count',
);
export const eventsRepeated = counter(
  'events_repeated_total',
  'Events repeated',
  'Events that came again with a known id and were not counted again.',
  'count',
);
export const requestsRefused = counter(
  'events_requests_refused_total',
  'Requests refused',
  'Requests with events that were told to come later, because too many came at once.',
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
