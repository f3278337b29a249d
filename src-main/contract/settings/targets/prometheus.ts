import { z } from 'zod';
import { webAccessFields } from '../web-access.ts';
import { isEnabled, kindOf, shared, timeoutSeconds, webAddress } from './shared.ts';

export const prometheusTargetSchema = z
  .object({
    kind: kindOf('prometheus'),
    ...shared,
    url: webAddress('http://127.0.0.1:9100/metrics'),
    intervalSeconds: z
      .union([z.literal(1), z.literal(10), z.literal(60)])
      .default(10)
      .meta({ label: { en: 'Interval', de: 'Intervall' }, unit: 'seconds', advanced: true }),
    include: z
      .array(z.string().min(1).max(200))
      .max(200)
      .default([])
      .meta({
        label: { en: 'Only these metrics', de: 'Nur diese Messgrößen' },
        help: {
          en: 'Whole names, or beginnings followed by *.',
          de: 'Ganze Namen, oder Anfänge gefolgt von *.',
        },
        empty: { en: 'all', de: 'alle' },
        advanced: true,
      }),
    maxSeries: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(500)
      .meta({ label: { en: 'Maximum series', de: 'Maximale Reihen' }, advanced: true }),
    ...webAccessFields,
    timeoutSeconds,
    isEnabled,
  })
  .meta({ label: { en: 'Prometheus endpoint', de: 'Prometheus-Endpunkt' } });
