/**
 * A way to look at a database with SQL that never changes it. SQLite itself would play a hot journal back, apply a log
 * that was left behind, or leave new files; so whatever needs that is looked at in a copy, and a file in use is read as
 * any reader would.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { HolderAnswer } from '../../contract/doctor/examination.ts';
import { freeBytes } from '../files/database-files.ts';
import { copyToWorkOn } from '../files/exact-copy.ts';
import { type FileFacts, isLogOrphaned } from '../files/file-facts.ts';

export interface View extends Disposable {
  readonly database: Database.Database;
  readonly isCopy: boolean;
  /** Where a further copy may lie meanwhile. */
  readonly scratch: string;
}

/** The reason is for the user: every check that needs SQL is then unknown, not passed. */
export class CannotLook extends Error {
  override readonly name = 'CannotLook';
}

/** Pages cached while looking, KiB: enough for inner pages of any tree, and part of the 150 MB budget. */
const cacheKib = 8_192;

export function openView(facts: FileFacts, holders: HolderAnswer, isOpenHere: boolean, scratchFolder: string): View {
  const { path, totalBytes } = facts.files;
  const isInUse = holders.state === 'held' || isOpenHere;
  const isJournalLeft = facts.journal !== 'none' && !isInUse;
  const isLogLeft = (facts.log !== null || facts.header?.readVersion === 2) && !isInUse;
  if (!isJournalLeft && !isLogLeft) {
    const database = open(path, true);
    return { database, isCopy: false, scratch: scratchFolder, [Symbol.dispose]: () => database.close() };
  }
  const free = freeBytes(scratchFolder);
  if (free !== null && free < totalBytes * 1.1)
    throw new CannotLook(`Looking at it takes a copy, and there is no room for one in ${scratchFolder}.`);
  const folder = mkdtempSync(join(scratchFolder, 'view-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'view.db');
    for (const part of ['', '-wal', '-journal'])
      if (existsSync(path + part) && !(part === '-wal' && isLogOrphaned(facts))) copyToWorkOn(path + part, copy + part);
    const view = openWorkingCopy(copy);
    return {
      database: view.database,
      isCopy: true,
      scratch: folder,
      [Symbol.dispose]: () => {
        view[Symbol.dispose]();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A file that is ours to write: its journal or log is settled by opening it. */
export function openWorkingCopy(path: string, scratch = dirname(path)): View {
  const database = open(path, false);
  return { database, isCopy: true, scratch, [Symbol.dispose]: () => database.close() };
}

/** The first pragma is where SQLite looks at the file: on one that it refuses no handle stays open. */
function open(path: string, readonly: boolean): Database.Database {
  const database = new Database(path, { readonly, timeout: 2_000 });
  try {
    database.pragma(`cache_size = -${cacheKib}`);
    database.pragma('temp_store = FILE');
    // CHECKs, views and triggers of a hostile schema must not reach functions with side effects.
    database.pragma('trusted_schema = OFF');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
