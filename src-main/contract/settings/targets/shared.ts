/** What every target has, and fields that several kinds have. */
import { z } from 'zod';

export const shared = {
  /** Label `target` of its metrics; stays when the title changes. */
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'lower-case letters, digits and hyphens')
    .meta({ hidden: true }),
  title: z
    .string()
    .min(1)
    .max(100)
    .meta({ label: { en: 'Name', de: 'Name' } }),
};

/** Stands last in a form. */
export const isEnabled = z
  .boolean()
  .default(true)
  .meta({ label: { en: 'Watch it', de: 'Beobachten' }, advanced: true });

export const kindOf = <K extends string>(kind: K) => z.literal(kind).meta({ hidden: true });

export const path = z
  .string()
  .min(1)
  .max(4_096)
  .meta({ label: { en: 'File', de: 'Datei' }, placeholder: '/path/to/the/file' });

export const webAddress = (placeholder: string) =>
  z
    .url({ protocol: /^https?$/, error: 'an address that begins with http:// or https://' })
    .max(2_000)
    .meta({ label: { en: 'Address', de: 'Adresse' }, placeholder });

export const timeoutSeconds = z
  .number()
  .min(0.1)
  .max(60)
  .default(5)
  .meta({ label: { en: 'Timeout', de: 'Zeitlimit' }, unit: 'seconds', advanced: true });
