/** How to ask a web address that wants to know who asks, or whose certificate no usual authority has signed. */
import { z } from 'zod';

const pem = z.string().max(60_000).default('');
/** Kept with the secrets, not with the settings: what is given here is moved there, and comes back empty. */
const secret = z.string().max(20_000).default('');

const headerLine = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+:[ \t]*.*$/;

export const webAccessFields = {
  user: z
    .string()
    .max(200)
    .default('')
    .meta({ label: { en: 'User', de: 'Benutzer' }, advanced: true }),
  password: secret.meta({ label: { en: 'Password', de: 'Passwort' }, secret: true, advanced: true }),
  token: secret.meta({ label: { en: 'Bearer token', de: 'Bearer-Token' }, secret: true, advanced: true }),
  headers: z
    .string()
    .max(8_000)
    .refine(
      (text) => text.split('\n').every((line) => line.trim() === '' || headerLine.test(line.trim())),
      'a header is written Name: value',
    )
    .default('')
    .meta({
      label: { en: 'Headers', de: 'HTTP-Header' },
      help: {
        en: 'One a line, Name: value. {secret} stands for the secret below.',
        de: 'Einer je Zeile, Name: Wert. {secret} steht für das Geheimnis darunter.',
      },
      multiline: true,
      advanced: true,
    }),
  headerSecret: secret.meta({
    label: { en: 'Secret in the headers', de: 'Geheimnis in den Headern' },
    secret: true,
    advanced: true,
  }),
  authority: pem.meta({
    label: { en: "Authority's certificate", de: 'Zertifikat der Zertifizierungsstelle' },
    help: {
      en: 'PEM, for a server with an authority of its own.',
      de: 'PEM, für einen Server mit eigener Zertifizierungsstelle.',
    },
    multiline: true,
    advanced: true,
  }),
  clientCertificate: pem.meta({
    label: { en: 'Client certificate', de: 'Client-Zertifikat' },
    help: { en: 'PEM, for a server that asks for one.', de: 'PEM, für einen Server, der eines verlangt.' },
    multiline: true,
    advanced: true,
  }),
  clientKey: secret.meta({
    label: { en: 'Key of the client certificate', de: 'Schlüssel des Client-Zertifikats' },
    secret: true,
    multiline: true,
    advanced: true,
  }),
  acceptedCertificate: z
    .string()
    .max(200)
    .default('')
    .meta({
      label: { en: 'Accepted certificate', de: 'Angenommenes Zertifikat' },
      help: {
        en: 'SHA-256 of the one certificate that is accepted, whoever issued it.',
        de: 'SHA-256 des einen Zertifikats, das angenommen wird, wer immer es ausgestellt hat.',
      },
      advanced: true,
    }),
};

export type WebAccessSettings = z.infer<z.ZodObject<typeof webAccessFields>>;
