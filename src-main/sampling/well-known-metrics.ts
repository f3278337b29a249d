/**
 * Names that more than one part looks at: rules, health, HTTP, tray. Units are those of the metric's description; where
 * CONTRACT's `/api/metrics` wants percent and the metric is a ratio (0–1), the reader multiplies.
 *
 *   /api/metrics field      from
 *   facts_count             factsTotal
 *   avg_query_time          queryTime                 seconds, average over the last minute
 *   cache_hits, _misses     cacheHits, cacheMisses    counters
 *   cache_hit_rate          cacheHitRatio × 100       over the last five minutes; absent without cache events in them
 *   system_cpu_percent      systemCpuPercent          (a contract name: percent already)
 *   system_memory_percent   systemMemoryPercent       (a contract name: percent already)
 *   system_disk_percent     mainDiskUsedRatio × 100   the volume that the user's files lie on
 *   database_connections    databaseConnections
 *   wal_size_bytes          walSizeBytes
 *   database_errors         databaseErrors            counter since the monitor started
 *
 * All of these are series without labels, so the name is the key.
 */
export const wellKnown = {
  systemCpuPercent: 'system_cpu_percent',
  systemMemoryPercent: 'system_memory_percent',
  mainDiskUsedRatio: 'disk_space_main_used_ratio',
  factsTotal: 'facts_total',
  databaseConnections: 'database_connections',
  walSizeBytes: 'wal_size_bytes',
  databaseErrors: 'database_errors_total',
  queryTime: 'query_time_seconds',
  queryTimeP50: 'query_time_p50_seconds',
  queryTimeP95: 'query_time_p95_seconds',
  queryTimeP99: 'query_time_p99_seconds',
  queries: 'queries_total',
  queriesFailed: 'queries_failed_total',
  throughput: 'queries_per_second',
  errorRatio: 'query_error_ratio',
  successRatio: 'query_success_ratio',
  cacheHits: 'cache_hits_total',
  cacheMisses: 'cache_misses_total',
  cacheHitRatio: 'cache_hit_ratio',
  cacheSaved: 'cache_saved_cost_total',
  /** Per source, label `source`. */
  sourceUp: 'source_up',
  /** Per target, labels `target`, `kind`: 1 while the target answers as it should. */
  targetUp: 'target_up',
} as const;

/** Names that existing dashboards use, kept although they break the naming rules. */
export const contractNames: readonly string[] = [
  'facts_total',
  'query_time_seconds',
  'cache_hits_total',
  'cache_misses_total',
  'system_cpu_percent',
  'system_memory_percent',
  'database_connections',
  'wal_size_bytes',
];
