import { z } from 'zod';
import { sameInEvery, type Text } from '../../text/text.ts';
import { webAccessFields } from '../web-access.ts';
import { isEnabled, kindOf, shared, timeoutSeconds, webAddress } from './shared.ts';

const texts = (label: Text) =>
  z.array(z.string().min(1).max(1_000)).max(20).default([]).meta({ label, advanced: true });
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const status = (preset: number, label: Text) => z.number().int().min(100).max(599).default(preset).meta({ label });

export const httpTargetSchema = z
  .object({
    kind: kindOf('http'),
    ...shared,
    url: webAddress('http://127.0.0.1:8080/health'),
    method: z
      .enum(methods)
      .default('GET')
      .meta({
        label: { en: 'Method', de: 'Methode' },
        choices: Object.fromEntries(methods.map((name) => [name, sameInEvery(name)])),
        advanced: true,
      }),
    /** Sent with POST, PUT and PATCH; its type is a header of the user's, JSON where it looks like it. */
    body: z
      .string()
      .max(20_000)
      .default('')
      .meta({
        label: { en: 'Body', de: 'Inhalt der Anfrage' },
        help: { en: 'Sent with POST, PUT and PATCH.', de: 'Geht mit POST, PUT und PATCH hinaus.' },
        multiline: true,
        advanced: true,
      }),
    /** Statuses that are well: one, or the first and last of a range. */
    status: z
      .object({
        from: status(200, { en: 'From', de: 'Von' }),
        until: status(299, { en: 'To', de: 'Bis' }),
      })
      .prefault({})
      .meta({ label: { en: 'Healthy status codes', de: 'Statuscodes ohne Fehler' }, advanced: true }),
    /** When off, the redirect itself is the answer, to be expected by its status. */
    followsRedirects: z
      .boolean()
      .default(true)
      .meta({ label: { en: 'Follow redirects', de: 'Weiterleitungen folgen' }, advanced: true }),
    /** Its first megabyte is looked at. */
    bodyContains: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .meta({
        label: { en: 'Text that the answer must contain', de: 'Text, den die Antwort enthalten muss' },
        advanced: true,
      }),
    /** More such texts, each of which it must hold. */
    contains: texts({ en: 'Further texts that it must contain', de: 'Weitere Texte, die sie enthalten muss' }),
    /** Texts of which it must hold none. */
    mustNotContain: texts({ en: 'Texts that it must not contain', de: 'Texte, die sie nicht enthalten darf' }),
    /** A place in an answer of JSON: something must be there. */
    jsonPath: z
      .string()
      .max(500)
      .default('')
      .meta({ label: { en: 'Place in JSON', de: 'Stelle im JSON' }, placeholder: '$.nodes[*].state', advanced: true }),
    /** What must be there, as text. */
    jsonValue: z
      .string()
      .max(1_000)
      .default('')
      .meta({
        label: { en: 'Value that must be there', de: 'Wert, der dort stehen muss' },
        empty: { en: 'any', de: 'beliebig' },
        advanced: true,
      }),
    ...webAccessFields,
    timeoutSeconds,
    isEnabled,
  })
  .meta({ label: { en: 'Web address', de: 'Webadresse' } });
