/** The verified backups of each database: a file and a note beside it. A backup without its note does not exist. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Backup } from '../../contract/doctor/backup.ts';
import { keyOf, type Places } from '../flow/operation/places.ts';

const noteSchema = z.object({
  id: z.string(),
  file: z.string(),
  at: z.number(),
  sizeBytes: z.number(),
  sha256: z.string(),
  rows: z.record(z.string(), z.number()),
});

export const backupFolder = (places: Places, file: string): string => join(places.backups, keyOf(file));

/** Newest first. */
export function listBackups(places: Places, file: string): Backup[] {
  const folder = backupFolder(places, file);
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .flatMap((name): Backup[] => {
      try {
        const note = noteSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
        const path = join(folder, `${note.id}.db`);
        // A file whose size is not the verified one is no backup, whatever the note says.
        if (statSync(path).size !== note.sizeBytes) return [];
        return [{ ...note, path, isVerified: true }];
      } catch {
        return [];
      }
    })
    .sort((one, other) => other.at - one.at);
}

/** The note comes last and atomically, so that a crash leaves a nameless file, never a false promise. */
export function addBackup(places: Places, written: string, note: z.infer<typeof noteSchema>): Backup {
  const folder = backupFolder(places, note.file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${note.id}.db`);
  renameSync(written, path);
  const notePath = join(folder, `${note.id}.json`);
  writeFileSync(`${notePath}.new`, JSON.stringify(note), { mode: 0o600 });
  renameSync(`${notePath}.new`, notePath);
  return { ...note, path, isVerified: true };
}

/** Keeps the newest `keep`, and what has no note goes as well. Called only after a newer good one is there. */
export function removeOldBackups(places: Places, file: string, keep: number): void {
  const folder = backupFolder(places, file);
  const kept = new Set(
    listBackups(places, file)
      .slice(0, Math.max(1, keep))
      .flatMap(({ id }) => [`${id}.db`, `${id}.json`]),
  );
  for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name), { force: true });
}
