import { z } from 'zod';

/** How long history is kept, and how much room it may take. */
export const storeSettingsSchema = z.object({
  /** Every single second. */
  rawDays: z.number().int().min(1).max(3650).default(30),
  /** Minimum, maximum, average, first and last of each minute. */
  minuteDays: z.number().int().min(1).max(3650).default(90),
  /** The same of each quarter of an hour. */
  quarterHourDays: z.number().int().min(1).max(3650).default(730),
  /** Alerts that are over, and what became of their notifications. */
  alertDays: z.number().int().min(1).max(3650).default(365),
  /** The history file with its log is never larger; what is oldest goes first. A verified copy takes at most as much again. */
  maxMegabytes: z.number().int().min(32).max(1_000_000).default(2_048),
  /** A verified copy of the history once a day, from which it is restored when the file is damaged. */
  keepsBackup: z.boolean().default(true),
});
export type StoreSettings = z.infer<typeof storeSettingsSchema>;
