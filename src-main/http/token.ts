/** The secret that local programs of this user show: made once, readable by its owner alone. */
import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';

export function readOrMakeToken(path: string): string {
  try {
    const token = readFileSync(path, 'utf8').trim();
    if (/^[A-Za-z0-9_-]{32,}$/.test(token)) {
      chmodSync(path, 0o600);
      return token;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const token = randomBytes(32).toString('base64url');
  writeFileAtomic.sync(path, `${token}\n`, { mode: 0o600 });
  return token;
}
