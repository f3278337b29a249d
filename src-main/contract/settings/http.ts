import { z } from 'zod';

const port = z.number().int().min(0).max(65_535);

/** The servers on loopback. 0 means any free port. */
export const httpSettingsSchema = z
  .object({
    dashboardPort: port
      .default(5000)
      .meta({ label: { en: 'Dashboard and API port', de: 'Port von Dashboard und API' } }),
    prometheusPort: port.default(8000).meta({ label: { en: 'Prometheus port', de: 'Port für Prometheus' } }),
    /** /metrics, /api/health, /api/metrics and /api/status. */
    readsWithoutToken: z
      .boolean()
      .default(true)
      .meta({ label: { en: 'Local tools read without a token', de: 'Lokale Werkzeuge lesen ohne Token' } }),
    eventsWithoutToken: z
      .boolean()
      .default(true)
      .meta({
        label: { en: 'Local applications report without a token', de: 'Lokale Anwendungen melden ohne Token' },
      }),
  })
  .meta({
    label: { en: 'Addresses and access', de: 'Adressen und Zugang' },
    help: {
      en: 'Only this machine can reach them. A changed port takes effect at the next start.',
      de: 'Nur dieser Rechner erreicht sie. Ein geänderter Port gilt ab dem nächsten Start.',
    },
  });
