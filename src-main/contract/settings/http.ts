import { z } from 'zod';

const port = z.number().int().min(0).max(65_535);

/** The servers on loopback. 0 means any free port. */
export const httpSettingsSchema = z.object({
  dashboardPort: port.default(5000),
  prometheusPort: port.default(8000),
  /** Local tools read /metrics, /api/health, /api/metrics and /api/status without a token. */
  readsWithoutToken: z.boolean().default(true),
  /** Local applications report events without a token. */
  eventsWithoutToken: z.boolean().default(true),
});
