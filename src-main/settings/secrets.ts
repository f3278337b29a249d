/**
 * Passwords and addresses that are as good as one: apart from the settings, so that exports and bug reports can't hold
 * them.
 */
import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

export interface SecretStore {
  /** Where they lie, for the user: "the system's keychain", a file's path. */
  readonly place: string;
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
  names(): Promise<readonly string[]>;
}

/**
 * How a value lies in the file: as it is, or sealed by the system. Absent: as it is, the file's 0600 being the
 * protection.
 */
export interface SecretSeal {
  readonly place: string;
  seal(value: string): Promise<string>;
  /** Undefined where it can't be opened any more: another user, another machine. */
  open(sealed: string): Promise<string | undefined>;
}

const fileSchema = z.record(z.string(), z.string());

/** One JSON file that only the user may read. The desktop hands in a seal from the system's safe storage. */
export function openSecretFile(path: string, seal?: SecretSeal): SecretStore {
  let values: Record<string, string> | undefined;
  let writing: Promise<unknown> = Promise.resolve();

  const read = (): Record<string, string> => {
    if (values !== undefined) return values;
    try {
      values = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      // None yet, or not readable: the user is asked for them again, channel by channel.
      values = {};
    }
    return values;
  };
  const change = async (next: Record<string, string>): Promise<void> => {
    values = next;
    const write = writing.then(() => writeFileAtomic(path, `${JSON.stringify(next)}\n`, { mode: 0o600 }));
    writing = write.catch(() => {});
    await write;
  };

  return {
    place: seal?.place ?? path,
    async get(name) {
      const value = read()[name];
      return value === undefined || seal === undefined ? value : seal.open(value);
    },
    async set(name, value) {
      const kept = seal === undefined ? value : await seal.seal(value);
      await change({ ...read(), [name]: kept });
    },
    async delete(name) {
      const { [name]: _, ...rest } = read();
      if (name in read()) await change(rest);
    },
    names: async () => Object.keys(read()),
  };
}

/** For a machine where nothing can be written, and for tests. */
export function createMemorySecrets(): SecretStore {
  const values = new Map<string, string>();
  return {
    place: 'memory',
    get: async (name) => values.get(name),
    set: async (name, value) => void values.set(name, value),
    delete: async (name) => void values.delete(name),
    names: async () => [...values.keys()],
  };
}

/** Name of a channel's secret. */
export const channelSecret = (channelId: string, field: string): string => `channel/${channelId}/${field}`;
/** Name of a target's secret. */
export const targetSecret = (targetId: string, field: string): string => `target/${targetId}/${field}`;
export const heartbeatSecret = 'heartbeat/url';
