/** Who besides its owner may write a file, from modes alone; access lists are not looked at. */
import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Only a program of another user who may write the file can have rows to lose. True where its mode, or a folder above
 * it that only its owner may enter, keeps all of them but root out.
 */
export function isClosedToOthers(path: string, stat: (path: string) => Stats = statSync): boolean {
  try {
    if ((stat(path).mode & 0o022) === 0) return true;
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      if ((stat(folder).mode & 0o011) === 0) return true;
      if (dirname(folder) === folder) return false;
    }
  } catch {
    return false;
  }
}
