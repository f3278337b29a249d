/** Hours of the day in which something holds. */
import { z } from 'zod';
import type { Text } from '../text/text.ts';

const timeOfDay = (label: Text) =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written 22:00')
    .meta({ label, placeholder: '22:00' });

/** Hours of the local day, over midnight where `from` is later than `until`. */
export const hoursSchema = z.object({
  /** 0 is Sunday; the day on which the hours begin. */
  days: z
    .array(z.number().int().min(0).max(6))
    .min(1)
    .max(7)
    .default([0, 1, 2, 3, 4, 5, 6])
    .meta({ label: { en: 'Days', de: 'Tage' }, weekdays: true }),
  from: timeOfDay({ en: 'From', de: 'Von' }),
  until: timeOfDay({ en: 'Until', de: 'Bis' }),
});
export type Hours = z.infer<typeof hoursSchema>;
