import { z } from 'zod';

/** How often the machine is asked. */
export const samplingSettingsSchema = z
  .object({
    slowerOnBattery: z
      .boolean()
      .default(true)
      .meta({
        label: { en: 'Slower on battery', de: 'Langsamer im Akkubetrieb' },
        help: {
          en: 'Every two seconds instead of every second.',
          de: 'Alle zwei Sekunden statt jede Sekunde.',
        },
      }),
    slowerWhenHidden: z
      .boolean()
      .default(true)
      .meta({
        label: { en: 'Slower when nobody is watching', de: 'Langsamer, wenn niemand zusieht' },
        help: {
          en: 'What only screens need is sampled half as often.',
          de: 'Was nur Ansichten brauchen, wird halb so oft gemessen.',
        },
      }),
  })
  .meta({ label: { en: 'Sampling', de: 'Messung' } });
