import { z } from 'zod';

/** What applications may report. */
export const eventsSettingsSchema = z
  .object({
    eventsPerSecond: z
      .number()
      .int()
      .min(100)
      .max(1_000_000)
      .default(100_000)
      .meta({
        label: { en: 'Maximum events', de: 'Maximale Ereignisse' },
        help: {
          en: 'On average; beyond it a client is told to come later.',
          de: 'Im Mittel; darüber wird ein Client auf später vertröstet.',
        },
        unit: 'per_second',
      }),
    maxOpenTelemetrySeries: z
      .number()
      .int()
      .min(10)
      .max(20_000)
      .default(1_000)
      .meta({ label: { en: 'Maximum OpenTelemetry series', de: 'Maximale OpenTelemetry-Reihen' } }),
    statsd: z
      .object({
        isEnabled: z
          .boolean()
          .default(false)
          .meta({ label: { en: 'Accept StatsD', de: 'StatsD annehmen' } }),
        port: z
          .number()
          .int()
          .min(0)
          .max(65_535)
          .default(8_125)
          .meta({
            label: { en: 'UDP port', de: 'UDP-Port' },
            help: { en: 'On 127.0.0.1; 0 takes any free one.', de: 'Auf 127.0.0.1; 0 nimmt irgendeinen freien.' },
          }),
        maxSeries: z
          .number()
          .int()
          .min(10)
          .max(20_000)
          .default(500)
          .meta({ label: { en: 'Maximum series', de: 'Maximale Reihen' } }),
      })
      .prefault({})
      .meta({ label: { en: 'StatsD', de: 'StatsD' } }),
  })
  .meta({ label: { en: 'Application events', de: 'Anwendungsereignisse' } });
