/**
 * SQLite databases in the places where people and applications keep them, to be offered on the first run. Nothing is
 * opened but for its first bytes.
 */
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseProfiles } from '../../contract/profile.ts';
import type { FoundDatabase } from '../../contract/targets.ts';

const endings = /\.(db|db3|sqlite|sqlite3)$/i;
const magic = 'SQLite format 3\0';
/** People keep things near the top; deeper lies what applications keep for themselves. */
const deepest = 2;
/** A home folder may be of any size; the answer is wanted while somebody waits. */
const maxFolders = 400;
const maxFound = 8;
const passedOver = new Set(['node_modules', 'Library', 'AppData']);

/** @returns those of a known profile first, then what was written last */
export async function findDatabases(places: readonly string[]): Promise<readonly FoundDatabase[]> {
  const found = new Map<string, FoundDatabase & { readonly writtenAt: number }>();
  let folders = 0;
  let level: readonly string[] = places;
  for (let depth = 0; depth <= deepest && folders < maxFolders; depth += 1) {
    const next: string[] = [];
    for (const folder of level) {
      folders += 1;
      if (folders > maxFolders) break;
      // A folder that can't be read has nothing to offer.
      for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !entry.name.startsWith('.') && !passedOver.has(entry.name)) next.push(path);
        else if (entry.isFile() && endings.test(entry.name) && (await isDatabase(path))) {
          const { size, mtimeMs } = await stat(path);
          found.set(path, { path, sizeBytes: size, profile: profileOf(entry.name), writtenAt: mtimeMs });
        }
      }
    }
    level = next;
  }
  return [...found.values()]
    .toSorted((a, b) => Number(b.profile !== null) - Number(a.profile !== null) || b.writtenAt - a.writtenAt)
    .slice(0, maxFound)
    .map(({ path, sizeBytes, profile }) => ({ path, sizeBytes, profile }));
}

const profileOf = (name: string): string | null =>
  databaseProfiles.find(({ fileNames }) => fileNames.includes(name))?.id ?? null;

async function isDatabase(path: string): Promise<boolean> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0);
    return bytesRead === magic.length && buffer.toString('latin1') === magic;
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}
