/**
 * What the REST interface answers, as schemas: the published document is made of these, and tests hold the answers to
 * them.
 */
import { z } from 'zod';

const time = z.iso.datetime();
const figure = z.number().nullable().describe('null: not known');
const whole = z.number().int().min(0);

export const errorSchema = z.strictObject({ error: z.string().describe('Why, and what would be accepted') });

export const healthSchema = z.strictObject({
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  timestamp: time,
  uptime: z.number().describe('Seconds'),
});

const flatMetrics = {
  timestamp: time.nullable(),
  uptime: z.number().describe('Seconds'),
  facts_count: figure,
  avg_query_time: figure.describe('Seconds; null: not known'),
  cache_hits: figure,
  cache_misses: figure,
  cache_hit_rate: figure.describe('Percent; null: not known'),
  system_cpu_percent: figure,
  system_memory_percent: figure,
  system_disk_percent: figure,
  database_connections: figure,
  wal_size_bytes: figure,
  database_errors: figure,
  active_alerts: whole.nullable(),
  health_score: z.number().min(0).max(1).nullable(),
};
export const metricsSchema = z.strictObject(flatMetrics);

export const statusSchema = z.strictObject({
  system_status: healthSchema.shape.status,
  services: z.record(z.string(), z.string()),
  timestamp: time,
  ports: z.array(
    z.strictObject({
      name: z.enum(['dashboard', 'prometheus']),
      wanted: whole,
      actual: whole.nullable(),
      holder: z.string().optional().describe('The program that has the wanted port'),
    }),
  ),
});

export const eventsAnswerSchema = z.strictObject({
  accepted: whole,
  rejected: z.array(z.strictObject({ index: whole, reason: z.string() })),
  repeated: whole.optional().describe('Of the accepted, how many had been counted before by their id'),
});

export const performanceMetricsSchema = z.strictObject({
  ...flatMetrics,
  response_time: figure.describe('Mean of the last minute, seconds; null: not known'),
  response_time_p95: figure.describe('Of the last five minutes, seconds; null: not known'),
  throughput: figure.describe('Requests a second; null: not known'),
  error_rate: figure.describe('Percent; null: not known'),
  success_rate: figure.describe('Percent; null: not known'),
});
export type PerformanceMetrics = z.infer<typeof performanceMetricsSchema>;

export const performanceHealthSchema = z.strictObject({
  ...healthSchema.shape,
  score: z.number().min(0).max(1).nullable(),
  reasons: z.array(z.strictObject({ message: z.string(), cost: z.number() })),
});

export const optimizationSchema = z.strictObject({
  enabled: z.boolean(),
  strategies: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  last_optimizations: z.array(z.unknown()),
  timestamp: time,
  reason: z.string().nullable().describe('Why it is not enabled'),
});
