import { z } from 'zod';

/** What applications may report. */
export const eventsSettingsSchema = z.object({
  /** Events a second on average before a client is told to come later. */
  eventsPerSecond: z.number().int().min(100).max(1_000_000).default(100_000),
  /** Series that OpenTelemetry may bring. */
  mostOpenTelemetrySeries: z.number().int().min(10).max(20_000).default(1_000),
  statsd: z
    .object({
      isEnabled: z.boolean().default(false),
      /** UDP on 127.0.0.1. */
      port: z.number().int().min(0).max(65_535).default(8_125),
      mostSeries: z.number().int().min(10).max(20_000).default(500),
    })
    .prefault({}),
});
