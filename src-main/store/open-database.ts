/** Opening the store's file. Tells which rung of the ladder it stands on; never throws for a file that can't be used. */
import { existsSync, renameSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrate, newestVersion, versionOf } from './migrations/migrations.ts';
import type { StoreRung } from './store-types.ts';

export interface OpenedStore {
  readonly database: Database.Database;
  readonly rung: StoreRung;
  readonly message?: string;
}

/** A file that a newer version wrote is never touched. */
export class NewerStore extends Error {
  override readonly name = 'NewerStore';
  readonly code = 'NEWER_STORE';
}

export function openDatabase(path: string): OpenedStore {
  try {
    return { database: openAndCheck(path), rung: 'open' };
  } catch (error) {
    if (error instanceof NewerStore) throw error;
    const reason = (error as Error).message;
    try {
      const aside = setAside(path);
      return {
        database: openAndCheck(path),
        rung: 'fresh',
        message: `The history could not be opened (${reason}). It now lies at ${aside}.`,
      };
    } catch (second) {
      const database = configure(new Database(':memory:'));
      migrate(database);
      return {
        database,
        rung: 'in-memory',
        message: `History can't be kept in ${path} (${(second as Error).message}); it lasts until the app ends.`,
      };
    }
  }
}

function openAndCheck(path: string): Database.Database {
  const database = new Database(path);
  try {
    const version = versionOf(database);
    if (version > newestVersion)
      throw new NewerStore(`${path} was written by a newer version of this app (${version} > ${newestVersion})`);
    configure(database);
    const verdict = database.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') throw new Error(`quick_check says: ${verdict}`);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function configure(database: Database.Database): Database.Database {
  // WAL with synchronous=NORMAL: a kill loses nothing, a power cut at most the last ticks, and no fsync each second.
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('cache_size = -1024');
  database.pragma('journal_size_limit = 4194304');
  return database;
}

function setAside(path: string): string {
  let aside = `${path}.damaged`;
  for (let number = 2; existsSync(aside); number += 1) aside = `${path}.damaged-${number}`;
  renameSync(path, aside);
  for (const suffix of ['-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  return aside;
}
