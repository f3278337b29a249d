import { z } from 'zod';
import { isEnabled, kindOf, shared } from './shared.ts';

export const processTargetSchema = z
  .object({
    kind: kindOf('process'),
    ...shared,
    /** Name of the program, without a path. */
    name: z
      .string()
      .min(1)
      .max(200)
      .meta({ label: { en: 'Process name', de: 'Name des Prozesses' }, placeholder: 'nginx' }),
    /** Fewer than this many is down. */
    atLeast: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(1)
      .meta({ label: { en: 'Minimum processes', de: 'Mindestzahl Prozesse' } }),
    isEnabled,
  })
  .meta({ label: { en: 'Process', de: 'Prozess' } });
