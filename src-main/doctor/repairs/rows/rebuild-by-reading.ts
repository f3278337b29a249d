/**
 * Reads every table row by row into a new file. For damage beside the tables: indexes, free list, pointer map, a tail
 * that does not belong.
 */
import { renameSync, rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { Finding } from '../../../contract/doctor/examination.ts';
import { failed, ok } from '../../../contract/outcome.ts';
import { sentences } from '../../../contract/text/message.ts';
import { yieldToMessages } from '../../../workers/protocol.ts';
import { type LiveTable, readSchema, readTables, rowidNameOf } from '../../examine/schema.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import { quoteName } from '../../quote-name.ts';
import type { SalvageNote } from '../../salvage/salvage-types.ts';
import { achieve, besideRows, findingsOf, intend, type Repair } from '../repair.ts';
import { damageForSalvage } from './needs-salvage.ts';
import { notesOnRowsWithoutEntry } from './rows-without-entry.ts';

const words = sentences('repair.rebuild-by-reading', {
  planned: {
    en: 'Reads every row of every table into a new file and rebuilds the indexes.',
    de: 'Liest jede Zeile jeder Tabelle in eine neue Datei und baut die Indizes neu auf.',
  },
  done: {
    en: 'Read {rows} {rows|row|rows} into a new file.',
    de: '{rows} {rows|Zeile|Zeilen} in eine neue Datei gelesen.',
  },
});

export const rebuildByReading: Repair = {
  id: 'rebuild-by-reading',
  title: { en: 'Rebuild by reading the tables', de: 'Durch Lesen der Tabellen neu aufbauen' },
  words,
  risk: 'safe',
  stage: 'structure',
  plan(situation) {
    const answers = findingsOf(situation, ...besideRows);
    if (answers.length === 0 || situation.tried.has('restore-backup') || damageForSalvage(situation).length > 0)
      return null;
    return {
      ...intend(words.planned),
      answers: [...answers, ...findingsOf(situation, 'index-disagrees')],
      // Pages that follow the end or belong to nothing harm nobody, and may be somebody's: they go when the user says
      // so.
      isChosen: answers.some(({ severity }) => severity === 'critical'),
    };
  },
  async run({ work, aside, answers, signal, onProgress }) {
    try {
      const notes = notesOf(work, answers);
      const rows = await copyAll(work, aside, signal, onProgress);
      rmSync(work);
      renameSync(aside, work);
      return ok({ ...achieve(words.done, { rows }), notes });
    } catch (error) {
      rmSync(aside, { force: true });
      rmSync(`${aside}-journal`, { force: true });
      if (signal?.aborted) throw signal.reason;
      return failed('not-rebuilt', { detail: (error as Error).message });
    }
  },
};

function notesOf(work: string, answers: readonly Finding[]): readonly SalvageNote[] {
  using view = openWorkingCopy(work);
  const disagreeing = answers.flatMap(({ kind, place }) =>
    kind === 'index-disagrees' && place.index !== undefined ? [place.index] : [],
  );
  return notesOnRowsWithoutEntry(view.database, [...new Set(disagreeing)]);
}

async function copyAll(
  from: string,
  to: string,
  signal: AbortSignal | undefined,
  onProgress: (share: number) => void,
): Promise<number> {
  let mode: unknown;
  let rows = 0;
  {
    using source = openWorkingCopy(from);
    const old = source.database;
    const pragma = (name: string): unknown => old.pragma(name, { simple: true });
    const statements = readSchema(old);
    const tables = readTables(old);
    mode = pragma('journal_mode');
    using target = openWorkingCopy(to);
    const { database } = target;
    database.pragma(`page_size = ${pragma('page_size')}`);
    database.pragma(`encoding = '${pragma('encoding')}'`);
    database.pragma(`auto_vacuum = ${pragma('auto_vacuum')}`);
    // Nobody knows this file yet: a crash costs only the copy.
    database.pragma('journal_mode = MEMORY');
    database.pragma('synchronous = OFF');
    database.pragma('foreign_keys = OFF');
    database.unsafeMode(true);
    database.prepare('ATTACH ? AS old').run(from);
    database.exec('BEGIN');
    const virtual = new Set(tables.filter(({ isVirtual }) => isVirtual).map(({ name }) => name));
    for (const { type, name, sql } of statements)
      if (type === 'table' && !virtual.has(name) && !name.startsWith('sqlite_')) database.prepare(sql).run();
    for (const [index, table] of tables.entries()) {
      signal?.throwIfAborted();
      onProgress(index / (tables.length + 1));
      if (!table.isVirtual) rows += copyTable(database, table);
      await yieldToMessages();
    }
    copySequences(database);
    // Indexes only now: made in one go they are denser and faster. Triggers last, so that none has fired.
    for (const type of ['index', 'view', 'trigger'])
      for (const statement of statements) {
        if (statement.type !== type) continue;
        signal?.throwIfAborted();
        database.prepare(statement.sql).run();
      }
    copyVirtualTables(database, virtual);
    for (const name of ['user_version', 'application_id']) database.pragma(`${name} = ${pragma(name)}`);
    database.exec('COMMIT');
    database.exec('DETACH old');
    database.pragma('journal_mode = DELETE');
    database.pragma('synchronous = FULL');
  }
  if (mode === 'wal') {
    using view = openWorkingCopy(to);
    view.database.pragma('journal_mode = WAL');
  }
  onProgress(1);
  return rows;
}

/** WHERE keeps SQLite from copying trees as they are, damaged indexes with them. */
function copyTable(database: Database.Database, table: LiveTable): number {
  const columns = table.columns.filter(({ isGenerated }) => !isGenerated).map(({ name }) => name);
  const names = columns.map(quoteName);
  const rowid = rowidNameOf(table);
  if (rowid !== null) names.unshift(rowid);
  const list = names.join(', ');
  const name = quoteName(table.name);
  return database
    .prepare(`INSERT INTO main.${name} (${list}) SELECT ${list} FROM old.${name} ${table.ownTree} WHERE true`)
    .run().changes;
}

function copySequences(database: Database.Database): void {
  const count = database.prepare(`SELECT count(*) FROM old.sqlite_schema WHERE name = 'sqlite_sequence'`).pluck().get();
  if (count === 0) return;
  database.exec('DELETE FROM main.sqlite_sequence; INSERT INTO main.sqlite_sequence SELECT * FROM old.sqlite_sequence');
}

/** As VACUUM does: the entry alone, because what the module keeps lies in its own tables, which are copied already. */
function copyVirtualTables(database: Database.Database, names: ReadonlySet<string>): void {
  if (names.size === 0) return;
  database.pragma('writable_schema = ON');
  const copy = database.prepare(
    'INSERT INTO main.sqlite_schema SELECT type, name, tbl_name, 0, sql FROM old.sqlite_schema WHERE name = ? AND type = ?',
  );
  for (const name of names) copy.run(name, 'table');
  database.pragma('writable_schema = RESET');
}
