/**
 * Where the doctor keeps things: its own folder in the data directory, and hidden files beside a database while it
 * works on it.
 */
import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Part, parts } from '../../files/database-files.ts';

export interface Places {
  readonly operations: string;
  readonly backups: string;
  readonly baselines: string;
  readonly locks: string;
  readonly scratch: string;
}

export const placesIn = (doctorFolder: string): Places => ({
  operations: join(doctorFolder, 'operations'),
  backups: join(doctorFolder, 'backups'),
  baselines: join(doctorFolder, 'baselines'),
  locks: join(doctorFolder, 'locks'),
  scratch: join(doctorFolder, 'scratch'),
});

/** A thread's own corner of the scratch folder, gone with it. */
export const scratchOf = (places: Places, pid: number, key: string): string => join(places.scratch, `${pid}-${key}`);

/** A name for a database inside our folders; paths themselves are too long and too strange. */
export const keyOf = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 24);

/** An operation's id is also its folder's name; nothing else may reach a path. */
export const operationIdSchema = z.string().regex(/^[0-9a-z-]{8,60}$/);

/** Sorts by time: ids of one file are its history. */
export const operationId = (now: number, random: string): string => `${now.toString(36).padStart(9, '0')}-${random}`;

export const originalOf = (folder: string, part: Part = ''): string => join(folder, `original${part}`);

/** Beside the database, because only there a rename is atomic. */
export const stagedOf = (file: string, id: string, part: Part = ''): string =>
  join(dirname(file), `.hakgal-${id}-new${part}`);
export const shieldOf = (file: string, id: string): string => join(dirname(file), `.hakgal-${id}-shield`);
/** What was there before, until it is certain that nobody goes on with it. */
export const oldOf = (file: string, id: string, part: Part = ''): string =>
  join(dirname(file), `.hakgal-${id}-old${part}`);
export const removedShieldOf = (file: string, id: string): string =>
  join(dirname(file), `.hakgal-${id}-removed-shield`);
export const asideOf = (file: string, id: string): string => join(dirname(file), `.hakgal-${id}-aside`);

/** Removes whatever the operation left beside the database. */
export function removeStaged(file: string, id: string): void {
  const folder = dirname(file);
  let names: string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) if (name.startsWith(`.hakgal-${id}-`)) rmSync(join(folder, name), { force: true });
}

export const partsIn = (sums: Readonly<Partial<Record<Part, unknown>>>): Part[] =>
  parts.filter((part) => sums[part] !== undefined);
