/** One connection to a store's file, set up and brought up to date. Throws what SQLite throws, or NewerStore. */
import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrate, newestVersion, versionOf } from './migrations/migrations.ts';

/** A file that a newer version wrote is never touched. */
export class NewerStore extends Error {
  override readonly name = 'NewerStore';
  readonly code = 'NEWER_STORE';
}

/** A check of a larger file takes longer than a start may; the daily backup looks at every page of it instead. */
const wholeCheckBytes = 16 * 1024 * 1024;

export interface ConnectOptions {
  /** Called before a file from an older version is changed. */
  readonly beforeMigration?: (database: Database.Database, version: number) => void;
}

export function connect(path: string, options: ConnectOptions = {}): Database.Database {
  const database = new Database(path);
  try {
    const version = versionOf(database);
    if (version > newestVersion)
      throw new NewerStore(
        `${path} was written by a newer version of this app (${version} > ${newestVersion}). Update the app, or name another data directory.`,
      );
    configure(database);
    const size = path === ':memory:' ? 0 : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
    if (size > 0 && size <= wholeCheckBytes) {
      const verdict = database.pragma('quick_check(1)', { simple: true });
      if (verdict !== 'ok') throw new DamagedStore(`quick_check says: ${verdict}`);
    }
    if (version > 0 && version < newestVersion) options.beforeMigration?.(database, version);
    migrate(database);
    // A file that can be read but not written shows itself here, not at the first tick.
    database.pragma(`user_version = ${newestVersion}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

class DamagedStore extends Error {
  override readonly name = 'DamagedStore';
  readonly code = 'SQLITE_CORRUPT';
}

/** The file itself is broken, as opposed to a disk that is full or a folder that may not be written. */
export function isDamage(error: unknown): boolean {
  const { code = '' } = error as { code?: string };
  return /^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code) || error instanceof RangeError || code === 'SQLITE_ERROR';
}

function configure(database: Database.Database): void {
  // Only an empty file takes it; it lets deleted history give its room back in small steps.
  database.pragma('auto_vacuum = INCREMENTAL');
  // WAL with synchronous=NORMAL: a kill loses nothing, a power cut at most the last ticks, and no fsync each second.
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('cache_size = -1024');
  database.pragma('wal_autocheckpoint = 500');
  database.pragma('journal_size_limit = 2097152');
  // Another program looking at the file may hold it for a moment.
  database.pragma('busy_timeout = 1000');
}
