import { z } from 'zod';
import { isEnabled, kindOf, path, shared, timeoutSeconds } from './shared.ts';

export const sqliteTargetSchema = z
  .object({
    kind: kindOf('sqlite'),
    ...shared,
    path,
    /** Id of a profile; null for any other database, whose first schema seen is the baseline. */
    profile: z
      .string()
      .max(60)
      .nullable()
      .default(null)
      .meta({
        label: { en: 'Kind of database', de: 'Art der Datenbank' },
        help: { en: 'Which tables it should have.', de: 'Welche Tabellen sie haben soll.' },
        empty: { en: 'Any SQLite database', de: 'Beliebige SQLite-Datenbank' },
        from: 'profiles',
      }),
    /** Besides the profile's. */
    tables: z
      .array(z.string().min(1).max(200))
      .max(20)
      .default([])
      .meta({
        label: { en: 'Tables whose rows are counted', de: 'Tabellen, deren Zeilen gezählt werden' },
        advanced: true,
      }),
    /** A query of the user's own whose time is measured; else the schema is read. */
    query: z
      .string()
      .max(5_000)
      .optional()
      .meta({
        label: { en: 'Query to time', de: 'Gemessene Abfrage' },
        empty: { en: 'reads the schema', de: 'liest das Schema' },
        multiline: true,
        advanced: true,
      }),
    timeoutSeconds,
    quickCheck: z
      .object({
        isEnabled: z
          .boolean()
          .default(true)
          .meta({ label: { en: 'Check regularly', de: 'Regelmäßig prüfen' } }),
        intervalHours: z
          .number()
          .min(1)
          .max(720)
          .default(12)
          .meta({ label: { en: 'Interval', de: 'Intervall' }, unit: 'hours' }),
        maxSeconds: z
          .number()
          .min(1)
          .max(600)
          .default(10)
          .meta({
            label: { en: 'Time limit', de: 'Zeitlimit' },
            help: {
              en: 'A database that would take longer is not checked, and its state stays unknown.',
              de: 'Eine Datenbank, die länger bräuchte, wird nicht geprüft, und ihr Zustand bleibt unbekannt.',
            },
            unit: 'seconds',
          }),
      })
      .prefault({})
      .meta({ label: { en: 'Quick check', de: 'Schnellprüfung' }, advanced: true }),
    isEnabled,
  })
  .meta({ label: { en: 'SQLite database', de: 'SQLite-Datenbank' } });
