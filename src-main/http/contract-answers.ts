/**
 * The bodies of /api/health, /api/metrics and /api/status, whose fields users rely on: one LiveState in, one flat
 * object out. Pure.
 */
import type { LiveState } from '../contract/live.ts';

/** Seconds without a tick after which the monitor does not call itself healthy, unless it was paused. */
const silentAfterSeconds = 10;

export interface HealthAnswer {
  readonly status: 'healthy' | 'degraded' | 'unhealthy';
  readonly timestamp: string;
  readonly uptime: number;
}

export function healthAnswer(
  state: LiveState | undefined,
  now: number,
): { readonly httpStatus: 200 | 503; readonly body: HealthAnswer } {
  const isSilent = state !== undefined && state.pausedUntil === null && now - state.at > silentAfterSeconds * 1000;
  // Before the first tick nothing is known to be wrong.
  const status = isSilent ? 'unhealthy' : (state?.health.status ?? 'healthy');
  return {
    httpStatus: status === 'unhealthy' ? 503 : 200,
    body: { status, timestamp: new Date(now).toISOString(), uptime: state?.uptimeSeconds ?? 0 },
  };
}

/** The field, the series it comes from, and what it is multiplied by. */
const metricFields: readonly (readonly [field: string, series: string, factor: number])[] = [
  ['facts_count', 'facts_total', 1],
  ['avg_query_time', 'query_time_seconds', 1],
  ['cache_hits', 'cache_hits_total', 1],
  ['cache_misses', 'cache_misses_total', 1],
  ['cache_hit_rate', 'cache_hit_ratio', 100],
  ['system_cpu_percent', 'system_cpu_percent', 1],
  ['system_memory_percent', 'system_memory_percent', 1],
  ['system_disk_percent', 'disk_space_main_used_ratio', 100],
  ['database_connections', 'database_connections', 1],
  ['wal_size_bytes', 'wal_size_bytes', 1],
  ['database_errors', 'database_errors_total', 1],
];

export function metricsAnswer(state: LiveState | undefined): Readonly<Record<string, unknown>> {
  const fields: Record<string, number | null> = {};
  for (const [field, series, factor] of metricFields) {
    const value = state?.values.get(series)?.value;
    fields[field] = value === undefined || !Number.isFinite(value) ? null : scaled(value, factor);
  }
  return {
    timestamp: state === undefined ? null : new Date(state.at).toISOString(),
    uptime: state?.uptimeSeconds ?? 0,
    ...fields,
    active_alerts: state?.alerts.filter((alert) => alert.state === 'firing').length ?? null,
    health_score: state?.health.score ?? null,
  };
}

/** Twelve digits are enough for a percentage, and show no binary dust; what is not scaled stays what it is. */
const scaled = (value: number, factor: number): number =>
  factor === 1 ? value : Number((value * factor).toPrecision(12));

export function statusAnswer(state: LiveState | undefined, now: number): Readonly<Record<string, unknown>> {
  return {
    system_status: healthAnswer(state, now).body.status,
    services: state?.services ?? {},
    timestamp: new Date(now).toISOString(),
    ports: (state?.ports ?? []).map(({ name, wanted, actual, holder }) => ({
      name,
      wanted,
      actual,
      ...(holder !== undefined && { holder }),
    })),
  };
}
