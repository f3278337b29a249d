import { z } from 'zod';

/** Backups, undo copies and regular examinations of the watched databases. */
export const doctorSettingsSchema = z.object({
  backups: z
    .object({
      isEnabled: z.boolean().default(true),
      everyHours: z.number().min(1).max(720).default(24),
      /** Verified backups kept for each database; the last good one stays whatever happens. */
      keep: z.number().int().min(1).max(100).default(3),
      /** A database above this size is backed up only when asked. */
      maxDatabaseMegabytes: z.number().int().min(1).max(1_000_000).default(2_000),
    })
    .prefault({}),
  undo: z
    .object({
      /** Days for which the originals of a repair are kept. */
      keepDays: z.number().int().min(1).max(3650).default(30),
      /** Oldest originals go first above this; the newest of each database stays. */
      maxMegabytes: z.number().int().min(10).max(10_000_000).default(10_000),
    })
    .prefault({}),
});
export type DoctorSettings = z.infer<typeof doctorSettingsSchema>;
