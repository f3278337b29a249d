import type Database from 'better-sqlite3';
import type { RepairNote } from '../../../contract/doctor/report.ts';
import { ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import { quoteName } from '../../quote-name.ts';
import { achieve, findingsOf, intend, plural, type Repair } from '../repair.ts';
import { withoutTriggers } from './without-triggers.ts';

const orphansTableOf = (table: string): string => `hakgal_orphans_${table}`;

/**
 * Taking a row out may orphan those that refer to it; so it goes on until none is left, and stops at chains longer than
 * this.
 */
const maxRounds = 20;

const words = sentences('repair.set-orphans-aside', {
  planned: { en: 'Moves the orphaned rows to {names}.', de: 'Verschiebt die verwaisten Zeilen nach {names}.' },
  done: { en: 'Moved {rows} {rows|row|rows} aside.', de: '{rows} {rows|Zeile|Zeilen} beiseitegelegt.' },
});

/**
 * Rows that refer to nothing move to a table of their own. Nothing is deleted. An offer: not every application keeps to
 * its references.
 */
export const setOrphansAside: Repair = {
  id: 'set-orphans-aside',
  title: { en: 'Put orphaned rows aside', de: 'Verwaiste Zeilen beiseitelegen' },
  words,
  risk: 'moves-rows',
  stage: 'rows',
  plan(situation) {
    const answers = findingsOf(situation, 'orphaned-rows');
    if (answers.length === 0) return null;
    const tables = [...new Set(answers.map(({ place }) => orphansTableOf(place.table ?? '')))];
    return {
      ...intend(words.planned, { names: tables.join(', ') }),
      answers,
      isChosen: false,
    };
  },
  async run({ work, signal }) {
    using view = openWorkingCopy(work);
    const { database } = view;
    const moved = withoutTriggers(database, () => {
      let total = 0;
      for (let round = 0; round < maxRounds; round += 1) {
        signal?.throwIfAborted();
        const orphans = readOrphans(database);
        if (orphans.size === 0) break;
        for (const [table, rowids] of orphans) total += moveAside(database, table, rowids);
      }
      return total;
    });
    const left = [...readOrphans(database).values()].reduce((sum, rowids) => sum + rowids.length, 0);
    const notes: RepairNote[] =
      left > 0
        ? [
            {
              kind: 'orphans-left',
              message: `${plural(left, 'row')} of tables without row numbers were left in place.`,
              values: { rows: left },
            },
          ]
        : [];
    return ok({ ...achieve(words.done, { rows: moved }), notes });
  },
};

function readOrphans(database: Database.Database): Map<string, bigint[]> {
  const orphans = new Map<string, Set<bigint>>();
  const rows = database.prepare('PRAGMA foreign_key_check').safeIntegers().iterate() as Iterable<{
    table: string;
    rowid: bigint | null;
  }>;
  for (const { table, rowid } of rows) {
    if (rowid === null) continue;
    const known = orphans.get(table) ?? new Set<bigint>();
    known.add(rowid);
    orphans.set(table, known);
  }
  return new Map([...orphans].map(([table, rowids]) => [table, [...rowids]]));
}

function moveAside(database: Database.Database, table: string, rowids: readonly bigint[]): number {
  const from = quoteName(table);
  const to = quoteName(orphansTableOf(table));
  database.prepare(`CREATE TABLE IF NOT EXISTS ${to} AS SELECT rowid AS original_rowid, * FROM ${from} WHERE 0`).run();
  const copy = database.prepare(`INSERT INTO ${to} SELECT rowid, * FROM ${from} WHERE rowid = ?`);
  const remove = database.prepare(`DELETE FROM ${from} WHERE rowid = ?`);
  let moved = 0;
  for (const rowid of rowids) if (copy.run(rowid).changes === 1) moved += remove.run(rowid).changes;
  return moved;
}
