/** Seals secrets with the system's keychain, for `settings/secrets.ts`. */
import { safeStorage } from 'electron';
import type { SecretSeal } from '../settings/secrets.ts';

const places: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "the Mac's keychain",
  win32: "Windows' data protection",
};

/**
 * Undefined where the system keeps no key for us; the file's own permissions are the protection then. After the app is
 * ready.
 */
export async function keychainSeal(): Promise<SecretSeal | undefined> {
  const hasAsync = typeof safeStorage.encryptStringAsync === 'function';
  const isAvailable = hasAsync ? await safeStorage.isAsyncEncryptionAvailable() : safeStorage.isEncryptionAvailable();
  // Without a keyring Linux "encrypts" with a key that everybody knows: that only looks like protection.
  if (!isAvailable || (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'))
    return undefined;
  return {
    place: places[process.platform] ?? "the desktop's keyring",
    seal: async (value) =>
      (hasAsync ? await safeStorage.encryptStringAsync(value) : safeStorage.encryptString(value)).toString('base64'),
    async open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      try {
        return hasAsync ? (await safeStorage.decryptStringAsync(bytes)).result : safeStorage.decryptString(bytes);
      } catch {
        return undefined;
      }
    },
  };
}
