/**
 * Opening the store's file by fallbacks: open, else restored from the newest verified backup, else salvaged page by
 * page, else fresh, else in memory. There is always a store to talk to, and it reports its recovery level. A damaged
 * file is set aside, never deleted; a file that is whole but can't be used now (no rights, no room) is left where it
 * is.
 */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { StoreRecoveryLevel } from '../contract/history.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Values } from '../contract/text/message.ts';
import { isVerified, keepBeforeMigration } from './backup/backup.ts';
import { backupPathOf } from './backup/backup-path.ts';
import { type Copied, copyReadable } from './backup/copy-readable.ts';
import { connect, isDamage, NewerStore } from './connect.ts';

export interface OpenedDatabase {
  readonly database: Database.Database;
  readonly recoveryLevel: StoreRecoveryLevel;
  readonly message?: string;
  /** What the message names: where the damaged file lies now, or why nothing can be kept. */
  readonly values?: Values;
}

/** A table or index of the store, as SQLite's own schema tells it. */
interface SchemaObject {
  readonly type: 'table' | 'index';
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

export interface RecoveryOptions {
  /**
   * Reads a damaged file page by page into a new one; handed in, because the doctor knows how and the store does not
   * know him.
   */
  readonly salvage?: (path: string, into: string, schema: readonly SchemaObject[]) => Promise<Outcome<unknown>>;
  /** Why the file is not even tried: it was found damaged while it was open. */
  readonly knownDamage?: string;
}

export async function openDatabase(path: string, options: RecoveryOptions = {}): Promise<OpenedDatabase> {
  let reason = options.knownDamage;
  if (reason === undefined) {
    try {
      const database = connect(path, {
        beforeMigration: (older, version) => keepBeforeMigration(older, path, version),
      });
      return { database, recoveryLevel: 'open' };
    } catch (error) {
      if (error instanceof NewerStore) throw error;
      reason = (error as Error).message;
      if (!isDamage(error)) return inMemory(path, reason);
    }
  }
  let aside: string;
  try {
    aside = setAside(path);
  } catch (error) {
    return inMemory(path, (error as Error).message);
  }
  const why = `The history was damaged (${reason}); the damaged file now lies at ${aside}.`;
  return (
    restore(path, aside, why) ??
    (await salvageInto(path, aside, why, options.salvage)) ??
    startFresh(path, aside, `${why} Nothing of it could be read, so a new history begins.`)
  );
}

function restore(path: string, aside: string, why: string): OpenedDatabase | undefined {
  const backup = backupPathOf(path);
  if (!existsSync(backup) || isVerified(backup) !== true) return undefined;
  try {
    copyFileSync(backup, `${path}.restoring`);
    renameSync(`${path}.restoring`, path);
    const database = connect(path);
    const copied = copyFrom(aside, database);
    const newer = copied === undefined ? '' : ` ${copied.ticks} newer ticks were read from the damaged file.`;
    return {
      database,
      recoveryLevel: 'restored-from-backup',
      message: `${why} The last verified backup took its place.${newer}`,
      values: { aside },
    };
  } catch {
    discard(path);
    return undefined;
  }
}

async function salvageInto(
  path: string,
  aside: string,
  why: string,
  salvage: RecoveryOptions['salvage'],
): Promise<OpenedDatabase | undefined> {
  const found = `${path}.salvaging`;
  discard(found);
  let database: Database.Database | undefined;
  try {
    database = connect(path);
    const outcome = await salvage?.(aside, found, schemaOf(database));
    const copied = copyFrom(outcome?.ok === true ? found : aside, database);
    if (copied === undefined || copied.ticks + copied.blocks === 0) {
      database.close();
      discard(path);
      return undefined;
    }
    const lost = copied.refused === 0 ? '' : ` ${copied.refused} pieces were not whole and were left out.`;
    return {
      database,
      recoveryLevel: 'salvaged',
      message: `${why} ${copied.ticks} ticks and ${copied.blocks} blocks of history were read from it.${lost}`,
      values: { aside },
    };
  } catch {
    database?.close();
    discard(path);
    return undefined;
  } finally {
    discard(found);
  }
}

/** Where the first page is gone, nobody else can tell which rows are of which table. */
const schemaOf = (database: Database.Database): SchemaObject[] =>
  database
    .prepare("SELECT type, name, tbl_name AS 'table', sql FROM sqlite_schema WHERE sql IS NOT NULL")
    .all() as SchemaObject[];

function startFresh(path: string, aside: string, message: string): OpenedDatabase {
  try {
    return { database: connect(path), recoveryLevel: 'fresh', message, values: { aside } };
  } catch (error) {
    return inMemory(path, (error as Error).message);
  }
}

function inMemory(path: string, reason: string): OpenedDatabase {
  return {
    database: connect(':memory:'),
    recoveryLevel: 'in-memory',
    message: `History can't be kept in ${path} (${reason}); it lasts until the app ends. What is there already was not touched.`,
    values: { detail: reason },
  };
}

/** What can be read of a file that is not whole. */
function copyFrom(path: string, into: Database.Database): Copied | undefined {
  let source: Database.Database | undefined;
  try {
    source = new Database(path, { readonly: true, fileMustExist: true });
    return copyReadable(source, into);
  } catch {
    return undefined;
  } finally {
    source?.close();
  }
}

function setAside(path: string): string {
  let aside = `${path}.damaged`;
  for (let number = 2; existsSync(aside); number += 1) aside = `${path}.damaged-${number}`;
  if (existsSync(path)) renameSync(path, aside);
  for (const suffix of ['-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  return aside;
}

function discard(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}
