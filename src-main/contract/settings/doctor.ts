import { z } from 'zod';

/** Backups, undo copies and regular examinations of the watched databases. */
export const doctorSettingsSchema = z
  .object({
    backups: z
      .object({
        isEnabled: z
          .boolean()
          .default(true)
          .meta({ label: { en: 'Back up regularly', de: 'Regelmäßig sichern' } }),
        intervalHours: z
          .number()
          .min(1)
          .max(720)
          .default(24)
          .meta({ label: { en: 'Interval', de: 'Intervall' }, unit: 'hours' }),
        keep: z
          .number()
          .int()
          .min(1)
          .max(100)
          .default(3)
          .meta({
            label: { en: 'Backups kept per database', de: 'Sicherungen je Datenbank' },
            help: {
              en: 'Verified ones; the last good one always stays.',
              de: 'Geprüfte; die letzte gute bleibt immer.',
            },
          }),
        maxDatabaseMegabytes: z
          .number()
          .int()
          .min(1)
          .max(1_000_000)
          .default(2_000)
          .meta({
            label: { en: 'Only databases up to', de: 'Nur Datenbanken bis' },
            help: { en: 'Larger ones only on request.', de: 'Größere nur auf Wunsch.' },
            unit: 'megabytes',
          }),
      })
      .prefault({})
      .meta({ label: { en: 'Backups', de: 'Sicherungen' } }),
    undo: z
      .object({
        /** The originals of a repair. */
        keepDays: z
          .number()
          .int()
          .min(1)
          .max(3650)
          .default(30)
          .meta({ label: { en: 'Keep for', de: 'Behalten für' }, unit: 'days' }),
        maxMegabytes: z
          .number()
          .int()
          .min(10)
          .max(10_000_000)
          .default(10_000)
          .meta({
            label: { en: 'Maximum size', de: 'Maximale Größe' },
            help: {
              en: 'The oldest are deleted first; the newest of each database stays.',
              de: 'Die ältesten werden zuerst gelöscht; das neueste jeder Datenbank bleibt.',
            },
            unit: 'megabytes',
          }),
      })
      .prefault({})
      .meta({ label: { en: 'Originals kept for undo', de: 'Originale zum Rückgängigmachen' } }),
  })
  .meta({ label: { en: 'Database doctor', de: 'Datenbankdoktor' } });
export type DoctorSettings = z.infer<typeof doctorSettingsSchema>;
