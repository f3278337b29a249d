import { z } from 'zod';
import { type AnyLanguage, languageNames, sameInEvery, type Text } from '../text/text.ts';

const asTheSystem = { en: 'Same as the system', de: 'Wie das System' };

/** How the app itself behaves. */
export const generalSettingsSchema = z
  .object({
    language: z
      .enum(['system', ...(Object.keys(languageNames) as AnyLanguage[])])
      .default('system')
      .meta({
        label: { en: 'Language', de: 'Sprache' },
        choices: {
          system: asTheSystem,
          ...Object.fromEntries(
            Object.entries(languageNames).map(([id, name]): [string, Text] => [id, sameInEvery(name)]),
          ),
        },
      }),
    theme: z
      .enum(['system', 'light', 'dark'])
      .default('system')
      .meta({
        label: { en: 'Appearance', de: 'Aussehen' },
        choices: { system: asTheSystem, light: { en: 'Light', de: 'Hell' }, dark: { en: 'Dark', de: 'Dunkel' } },
      }),
    startAtLogin: z
      .boolean()
      .default(false)
      .meta({ label: { en: 'Start at login', de: 'Beim Anmelden starten' } }),
    /** The first-run steps were finished or skipped; never asked again. */
    isFirstRunDone: z.boolean().default(false).meta({ hidden: true }),
    keepHiddenWindowMinutes: z
      .number()
      .int()
      .min(0)
      .max(120)
      .default(5)
      .meta({
        label: { en: 'Keep a hidden window for', de: 'Verstecktes Fenster behalten' },
        help: {
          en: 'After that its memory is freed; the tray icon stays.',
          de: 'Danach wird sein Speicher frei; das Symbol bleibt.',
        },
        unit: 'minutes',
        zero: { en: 'not at all', de: 'gar nicht' },
      }),
    menuBarFigure: z
      .enum(['none', 'cpu', 'memory'])
      .default('none')
      .meta({
        label: { en: 'Value in the menu bar (macOS)', de: 'Wert in der Menüleiste (macOS)' },
        choices: {
          none: { en: 'None', de: 'Keiner' },
          cpu: { en: 'CPU', de: 'CPU' },
          memory: { en: 'Memory', de: 'Speicher' },
        },
      }),
    logLevel: z
      .enum(['debug', 'info', 'warn', 'error'])
      .default('info')
      .meta({
        label: { en: 'Log level', de: 'Protokollstufe' },
        choices: {
          debug: { en: 'Everything', de: 'Alles' },
          info: { en: 'Info', de: 'Hinweise' },
          warn: { en: 'Warnings', de: 'Warnungen' },
          error: { en: 'Errors only', de: 'Nur Fehler' },
        },
      }),
  })
  .meta({ label: { en: 'General', de: 'Allgemein' } });
