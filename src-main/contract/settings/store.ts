import { z } from 'zod';
import type { Text } from '../text/text.ts';

const days = (preset: number, label: Text) =>
  z.number().int().min(1).max(3650).default(preset).meta({ label, unit: 'days' });

/** How long history is kept, and how much room it may take. */
export const storeSettingsSchema = z
  .object({
    /** Every single second. */
    rawDays: days(30, { en: 'Keep per-second data', de: 'Sekundenwerte behalten' }),
    /** Minimum, maximum, average, first and last of each minute. */
    minuteDays: days(90, { en: 'Keep per-minute data', de: 'Minutenwerte behalten' }),
    /** The same of each quarter of an hour. */
    quarterHourDays: days(730, { en: 'Keep 15-minute data', de: 'Viertelstundenwerte behalten' }),
    /** Alerts that are over, and what became of their notifications. */
    alertDays: days(365, { en: 'Keep alerts', de: 'Alarme behalten' }),
    /** The history file with its log is never larger. A verified copy takes at most as much again. */
    maxMegabytes: z
      .number()
      .int()
      .min(32)
      .max(1_000_000)
      .default(2_048)
      .meta({
        label: { en: 'Maximum size', de: 'Maximale Größe' },
        help: { en: 'The oldest data is deleted first.', de: 'Das Älteste wird zuerst gelöscht.' },
        unit: 'megabytes',
      }),
    /** From which the history is restored when its file is damaged. */
    keepsBackup: z
      .boolean()
      .default(true)
      .meta({ label: { en: 'Daily verified backup', de: 'Tägliche geprüfte Sicherung' } }),
  })
  .meta({ label: { en: 'History', de: 'Verlauf' } });
export type StoreSettings = z.infer<typeof storeSettingsSchema>;
