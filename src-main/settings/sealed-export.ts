/**
 * Settings with their secrets as a file that only its passphrase opens: scrypt makes the key, AES-256-GCM seals and
 * proves.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { failed, type Outcome, ok } from '../contract/outcome.ts';

/** 128 MB and about half a second: what OWASP asks for a passphrase that a person types. */
const cost = { N: 131_072, r: 8, p: 1 } as const;
const maxMemory = 256 * 1024 * 1024;

const sealedSchema = z.object({
  format: z.literal('hakgal-monitor-settings'),
  sealed: z.literal('scrypt-aes-256-gcm'),
  N: z.literal(cost.N),
  r: z.literal(cost.r),
  p: z.literal(cost.p),
  salt: z.base64().max(100),
  iv: z.base64().max(100),
  tag: z.base64().length(24),
  data: z.base64().max(2_000_000),
});

const contentSchema = z.object({
  settings: z.unknown(),
  secrets: z.record(z.string().max(200), z.string().max(10_000)),
});
export type SealedContent = z.infer<typeof contentSchema>;

const deriveKey = promisify<string, Buffer, number, object, Buffer>(scrypt);
const keyOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  deriveKey(passphrase.normalize('NFKC'), salt, 32, { ...cost, maxmem: maxMemory });

export async function sealExport(content: SealedContent, passphrase: string): Promise<string> {
  const [salt, iv] = [randomBytes(32), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt), iv);
  const data = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
  const file: z.infer<typeof sealedSchema> = {
    format: 'hakgal-monitor-settings',
    sealed: 'scrypt-aes-256-gcm',
    ...cost,
    salt: salt.toString('base64'),
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Undefined: it is no sealed export, and may be read as it is. */
export async function openExport(
  json: string,
  passphrase: string | undefined,
): Promise<Outcome<SealedContent> | undefined> {
  const file = sealedSchema.safeParse(parseJson(json));
  if (!file.success) return undefined;
  if (passphrase === undefined || passphrase === '') return failed('passphrase-needed');
  const { salt, iv, tag, data } = file.data;
  try {
    const key = await keyOf(passphrase, Buffer.from(salt, 'base64'));
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength: 16 });
    decipher.setAuthTag(Buffer.from(tag, 'base64'));
    const text = Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
    return ok(contentSchema.parse(JSON.parse(text)));
  } catch {
    return failed('passphrase-wrong');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
