import { z } from 'zod';
import { sameInEvery, type Text } from '../../text/text.ts';
import { isEnabled, kindOf, path, shared } from './shared.ts';

const pattern = z
  .string()
  .min(1)
  .max(1_000)
  .refine((text) => {
    try {
      new RegExp(text, 'u');
      return true;
    } catch {
      return false;
    }
  }, 'a regular expression');

/** `auto` tells UTF-8, UTF-16 and Western text apart. */
const logEncodings = [
  'auto',
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-15',
  'windows-1251',
  'koi8-r',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'gb18030',
  'big5',
] as const;
const encodingWords: Readonly<Record<string, Text>> = {
  ...Object.fromEntries(logEncodings.map((name) => [name, sameInEvery(name)])),
  auto: { en: 'automatic', de: 'automatisch' },
};

export const logTargetSchema = z
  .object({
    kind: kindOf('log'),
    ...shared,
    /** A file, or several by `*`, `?`, `[…]` and `**`. */
    path,
    patterns: z
      .array(
        z.object({
          name: z
            .string()
            .min(1)
            .max(100)
            .meta({ label: { en: 'Name of the pattern', de: 'Name des Musters' } }),
          pattern: pattern.meta({
            label: { en: 'Pattern (regular expression)', de: 'Muster (regulärer Ausdruck)' },
            placeholder: 'no such table',
          }),
          ignoreCase: z
            .boolean()
            .default(true)
            .meta({ label: { en: 'Ignore case', de: 'Groß- und Kleinschreibung ignorieren' }, advanced: true }),
          isDatabaseError: z
            .boolean()
            .default(false)
            .meta({
              label: { en: 'Counts as a database error', de: 'Zählt als Datenbankfehler' },
              help: {
                en: 'Adds to the errors of the knowledge base.',
                de: 'Zählt zu den Fehlern der Wissensbasis.',
              },
              advanced: true,
            }),
        }),
      )
      .min(1)
      .max(50)
      .default([{ name: 'no such table', pattern: 'no such table', ignoreCase: true, isDatabaseError: true }])
      .meta({ label: { en: 'Patterns', de: 'Muster' } }),
    encoding: z
      .enum(logEncodings)
      .default('auto')
      .meta({ label: { en: 'Encoding', de: 'Zeichenkodierung' }, choices: encodingWords, advanced: true }),
    isEnabled,
  })
  .meta({ label: { en: 'Log file', de: 'Protokolldatei' } });
