/**
 * Where the schema needs what only its application has, SQLite refuses most checks. They run on a copy whose schema
 * does without: every page, row and entry is the same there, and what depends on the missing names alone is not judged.
 */
import { constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { type ApplicationObject, findApplicationObjects } from '../application-defined/application-names.ts';
import { putStandIns } from '../application-defined/put-stand-ins.ts';
import { freeBytes } from '../files/database-files.ts';
import { readSchema } from './schema.ts';
import { CannotLook, openWorkingCopy, type View } from './view.ts';

/** What checks may run on. */
export interface Checkable extends Disposable {
  readonly database: Database.Database;
  /** What of the schema needs names that this SQLite lacks. */
  readonly objects: readonly ApplicationObject[];
  /** Indexes, in lower case, whose order or values only the application can judge. */
  readonly unjudged: ReadonlySet<string>;
}

export function openCheckable(view: View): Checkable {
  const { database } = view;
  const statements = readSchema(database);
  const objects = findApplicationObjects(statements);
  const isInTheWay = objects.some(({ type }) => type === 'table' || type === 'index');
  if (!isInTheWay) return { database, objects, unjudged: new Set(), [Symbol.dispose]: () => {} };
  const tables = new Set(objects.flatMap(({ type, name }) => (type === 'table' ? [name.toLowerCase()] : [])));
  const indexes = database
    .prepare('SELECT name, tbl_name AS "table" FROM sqlite_schema WHERE type = \'index\'')
    .all() as {
    name: string;
    table: string;
  }[];
  const unjudged = new Set([
    ...objects.flatMap(({ type, name }) => (type === 'index' ? [name.toLowerCase()] : [])),
    ...indexes.flatMap(({ name, table }) => (tables.has(table.toLowerCase()) ? [name.toLowerCase()] : [])),
  ]);
  const copy = copyOf(view);
  try {
    putStandIns(copy.view.database, objects);
    copy.view.database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return { database: copy.view.database, objects, unjudged, [Symbol.dispose]: copy.remove };
  } catch (error) {
    copy.remove();
    throw new CannotLook(
      `Without what only its application has, the schema can't be read (${(error as Error).message}).`,
    );
  }
}

function copyOf({ database, scratch }: View): { readonly view: View; readonly remove: () => void } {
  const path = database.name;
  const bytes =
    (database.pragma('page_count', { simple: true }) as number) *
    (database.pragma('page_size', { simple: true }) as number);
  const free = freeBytes(scratch);
  if (free !== null && free < bytes * 1.1)
    throw new CannotLook(`Looking at it takes a copy, and there is no room for one in ${scratch}.`);
  const folder = mkdtempSync(join(scratch, 'stand-in-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'stand-in.db');
    // While it is read nobody changes a page of what is read: a writer's log only grows, and the file comes first.
    database.exec('BEGIN');
    try {
      database.prepare('SELECT count(*) FROM sqlite_schema').get();
      for (const part of ['', '-wal'])
        if (existsSync(path + part)) copyFileSync(path + part, copy + part, constants.COPYFILE_FICLONE);
    } finally {
      database.exec('ROLLBACK');
    }
    const view = openWorkingCopy(copy, folder);
    return {
      view,
      remove: () => {
        view[Symbol.dispose]();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
