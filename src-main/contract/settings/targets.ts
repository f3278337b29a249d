/** What the user has added to be watched. Each kind is a member of the union and a file in `targets/`. */
import { z } from 'zod';
import { webAccessFields, webSecretNames } from './web-access.ts';

const shared = {
  /** Label `target` of its metrics; stays when the title changes. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'lower-case letters, digits and hyphens'),
  title: z.string().min(1).max(100),
  isEnabled: z.boolean().default(true),
};
const path = z.string().min(1).max(4_096);
const webAddress = z.url({ protocol: /^https?$/, error: 'an address that begins with http:// or https://' }).max(2_000);
const timeoutSeconds = z.number().min(0.1).max(60).default(5);

const sqliteTargetSchema = z.object({
  kind: z.literal('sqlite'),
  ...shared,
  path,
  /** Id of a profile; null for any other database, whose first schema seen is the baseline. */
  profile: z.string().max(60).nullable().default(null),
  /** Tables whose rows are counted besides the profile's. */
  tables: z.array(z.string().min(1).max(200)).max(20).default([]),
  /** A query of the user's own whose time is measured; else the schema is read. */
  query: z.string().max(5_000).optional(),
  timeoutSeconds,
  quickCheck: z
    .object({
      isEnabled: z.boolean().default(true),
      everyHours: z.number().min(1).max(720).default(12),
      /** A database that would take longer is not checked, and its verdict stays unknown. */
      mostSeconds: z.number().min(1).max(600).default(10),
    })
    .prefault({}),
});

const texts = z.array(z.string().min(1).max(1_000)).max(20).default([]);

const httpTargetSchema = z.object({
  kind: z.literal('http'),
  ...shared,
  url: webAddress,
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET'),
  /** Sent with POST, PUT and PATCH; its type is a header of the user's, JSON where it looks like it. */
  body: z.string().max(20_000).default(''),
  /** Statuses that are well: one, or the first and last of a range. */
  status: z
    .object({
      from: z.number().int().min(100).max(599).default(200),
      until: z.number().int().min(100).max(599).default(299),
    })
    .prefault({}),
  /** When off, the redirect itself is the answer, to be expected by its status. */
  followsRedirects: z.boolean().default(true),
  /** Text that the body must hold; its first megabyte is looked at. */
  bodyContains: z.string().min(1).max(1_000).optional(),
  /** More such texts, each of which it must hold. */
  contains: texts,
  /** Texts of which it must hold none. */
  mustNotContain: texts,
  /** A place in an answer of JSON, as `$.status` or `$.nodes[*].state`: something must be there. */
  jsonPath: z.string().max(500).default(''),
  /** What must be there, as text; whatever it is when empty. */
  jsonValue: z.string().max(1_000).default(''),
  ...webAccessFields,
  timeoutSeconds,
});

/** How a port comes to speak TLS: at once, or after its protocol's own request. */
export const portProtocols = ['tcp', 'tls', 'smtp', 'imap', 'pop3', 'ftp', 'ldap', 'postgres', 'mysql'] as const;

const portTargetSchema = z.object({
  kind: z.literal('port'),
  ...shared,
  host: z.string().min(1).max(253).default('127.0.0.1'),
  port: z.number().int().min(1).max(65_535),
  /** Beyond `tcp`, the certificate is looked at: when it runs out, and whether it is believed. */
  protocol: z.enum(portProtocols).default('tcp'),
  authority: webAccessFields.authority,
  acceptedCertificate: webAccessFields.acceptedCertificate,
  timeoutSeconds,
});

const processTargetSchema = z.object({
  kind: z.literal('process'),
  ...shared,
  /** Name of the program, without a path. */
  name: z.string().min(1).max(200),
  /** Fewer than this many is down. */
  atLeast: z.number().int().min(1).max(10_000).default(1),
});

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

const logTargetSchema = z.object({
  kind: z.literal('log'),
  ...shared,
  /** A file, or several by `*`, `?`, `[…]` and `**`. */
  path,
  encoding: z.enum(logEncodings).default('auto'),
  patterns: z
    .array(
      z.object({
        name: z.string().min(1).max(100),
        pattern,
        ignoreCase: z.boolean().default(true),
        /** Adds to the errors of the knowledge base. */
        isDatabaseError: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(50)
    .default([{ name: 'no such table', pattern: 'no such table', ignoreCase: true, isDatabaseError: true }]),
});

const prometheusTargetSchema = z.object({
  kind: z.literal('prometheus'),
  ...shared,
  url: webAddress,
  everySeconds: z.union([z.literal(1), z.literal(10), z.literal(60)]).default(10),
  /** Names to take, each a whole name or a beginning followed by `*`; all when empty. */
  take: z.array(z.string().min(1).max(200)).max(200).default([]),
  mostSeries: z.number().int().min(1).max(10_000).default(500),
  ...webAccessFields,
  timeoutSeconds,
});

export const targetSchema = z.discriminatedUnion('kind', [
  sqliteTargetSchema,
  httpTargetSchema,
  portTargetSchema,
  processTargetSchema,
  logTargetSchema,
  prometheusTargetSchema,
]);

export const targetsSettingsSchema = z.object({
  list: z
    .array(targetSchema)
    .max(200)
    .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'two targets have the same id')
    .default([]),
});

export type SqliteTargetSettings = z.infer<typeof sqliteTargetSchema>;
export type LogTargetSettings = z.infer<typeof logTargetSchema>;
export type PrometheusTargetSettings = z.infer<typeof prometheusTargetSchema>;
export type TargetSettings = z.infer<typeof targetSchema>;
export type TargetKind = TargetSettings['kind'];

/** Fields whose values are moved to the secrets when a target is saved. */
export const targetSecretNames: readonly string[] = webSecretNames;
