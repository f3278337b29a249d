import { z } from 'zod';
import { isEnabled, kindOf, shared } from './shared.ts';

export const processTargetSchema = z
  .object({
    kind: kindOf('process'),
    ...shared,
    /** Name of the program, of its script, or the title that it gave itself. */
    name: z
      .string()
      .min(1)
      .max(200)
      .meta({
        label: { en: 'Process name', de: 'Name des Prozesses' },
        help: {
          en: 'The program, its script (svc.py) or its own title (postgres: checkpointer).',
          de: 'Das Programm, sein Skript (svc.py) oder sein eigener Titel (postgres: checkpointer).',
        },
        placeholder: 'nginx',
      }),
    /** Of several with one name, those whose command line holds this. */
    command: z
      .string()
      .max(1_000)
      .default('')
      .meta({
        label: { en: 'Text in its command line', de: 'Text in seiner Befehlszeile' },
        empty: { en: 'any', de: 'beliebig' },
        placeholder: '--port 8080',
        advanced: true,
      }),
    /** Fewer than this many is down. */
    minCount: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(1)
      .meta({ label: { en: 'Minimum processes', de: 'Mindestzahl Prozesse' } }),
    isEnabled,
  })
  .meta({ label: { en: 'Process', de: 'Prozess' } });
