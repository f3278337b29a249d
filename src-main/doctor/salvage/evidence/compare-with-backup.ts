/**
 * Compares a table with the same table in a verified backup: equal rows are confirmed, and a text or blob just one bit
 * apart is damage, not an edit.
 */

import Database from 'better-sqlite3';
import { quoteName } from '../../quote-name.ts';
import type { SqlValue } from '../read/sql-value.ts';
import type { SalvageNote } from '../salvage-types.ts';
import type { TableModel } from '../schema/table-model.ts';
import type { TableWriter } from '../write/table-writer.ts';
import { provenanceColumnsOf, type Target } from '../write/target.ts';

export interface BackupFindings {
  readonly same: number;
  /** Rows of the backup that are neither certain nor doubtful and whose page is gone: lost, or deleted since. */
  readonly missing: number;
}

export function compareWithBackup(
  path: string,
  table: TableModel,
  writer: TableWriter,
  isGone: (rowid: number) => boolean,
  notes: SalvageNote[],
): BackupFindings | undefined {
  if (table.rowidName === undefined) return undefined;
  const { target } = writer;
  try {
    const backup = new Database(path, { readonly: true, fileMustExist: true });
    try {
      const exists = backup.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table.name);
      if (exists === undefined) return undefined;
      const columns = table.columns
        .filter((column) => column.generated === 'no')
        .map((column) => quoteName(column.name));
      const select = `SELECT ${[table.rowidName, ...columns].join(', ')} FROM ${quoteName(table.name)}`;
      const own = target.db.prepare(`${select} WHERE ${table.rowidName} = ?`).raw().safeIntegers();
      let same = 0;
      let missing = 0;
      const damaged: SqlValue[] = [];
      const inDoubt = doubtfulRowids(target, table);
      for (const row of backup.prepare(select).raw().safeIntegers().iterate() as Iterable<SqlValue[]>) {
        const here = own.get(row[0] as bigint) as SqlValue[] | undefined;
        if (here === undefined) {
          if (isGone(Number(row[0])) && !inDoubt.has(row[0] as bigint)) missing += 1;
          continue;
        }
        const differing = here.findIndex((value, index) => !isSame(value, row[index] as SqlValue));
        if (differing === -1) same += 1;
        else if (isOneBitApart(here[differing] as SqlValue, row[differing] as SqlValue)) damaged.push(row[0] as bigint);
      }
      for (const rowid of damaged) writer.moveOut({ values: [rowid] }, 'backup-disagrees');
      return { same, missing };
    } finally {
      backup.close();
    }
  } catch (error) {
    notes.push({
      kind: 'backup-unusable',
      message: `${table.name} could not be compared with the backup: ${(error as Error).message}.`,
      values: { detail: (error as Error).message },
    });
    return undefined;
  }
}

function doubtfulRowids(target: Target, table: TableModel): ReadonlySet<bigint> {
  const side = target.sideName('doubtful', table);
  if (side === null) return new Set();
  const rowids = target.db
    .prepare(`SELECT ${provenanceColumnsOf(table).rowid} FROM ${quoteName(side)}`)
    .pluck()
    .safeIntegers();
  return new Set(rowids.all() as bigint[]);
}

function isSame(one: SqlValue, other: SqlValue): boolean {
  if (Buffer.isBuffer(one) && Buffer.isBuffer(other)) return one.equals(other);
  return one === other;
}

function isOneBitApart(one: SqlValue, other: SqlValue): boolean {
  if (typeof one !== typeof other || one === null || other === null) return false;
  if (typeof one === 'number' || typeof one === 'bigint') return false;
  const first = Buffer.from(one as string);
  const second = Buffer.from(other as string);
  if (first.length !== second.length) return false;
  let bits = 0;
  for (let at = 0; at < first.length && bits < 2; at += 1) {
    let apart = (first[at] as number) ^ (second[at] as number);
    while (apart !== 0) {
      bits += 1;
      apart &= apart - 1;
    }
  }
  return bits === 1;
}
