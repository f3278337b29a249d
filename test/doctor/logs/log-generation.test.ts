/** A log that belongs to an earlier file of the same name is never mixed into the new one. */
import { closeSync, copyFileSync, existsSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary.ts';
import { contextIn, look, repair, undo } from '../support/flow-for-test.ts';
import { count, integrity, sums } from '../support/make-database.ts';
import { fill, frameBytes, kindsOf, makeWithLog, pageSize } from '../support/make-log.ts';

describe('a log of an earlier generation', () => {
  /** A new file takes the place of the old one, whose log stays. */
  const replaceFile = (file: string, mode: 'delete' | 'wal', rows: number): void => {
    const aside = `${file}.new`;
    const database = new Database(aside);
    database.pragma(`journal_mode = ${mode}`);
    database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER); CREATE INDEX tn ON t (n)');
    fill(database, 1, rows, 'NEW');
    if (mode === 'wal')
      for (let round = 0; round < 30; round += 1)
        database.exec(`UPDATE t SET n = n WHERE id = ${round}; CREATE TABLE x${round} (a); DROP TABLE x${round}`);
    database.close();
    copyFileSync(aside, file);
    rmSync(aside);
  };
  const newRows = (file: string): unknown => {
    const database = new Database(file, { readonly: true });
    try {
      return database.prepare("SELECT count(*) FROM t WHERE name LIKE 'NEW-%'").pluck().get();
    } finally {
      database.close();
    }
  };

  it.each([
    ['that covers part of the new file', 'delete', 600, 900],
    ['that covers all of the new file', 'delete', 3_000, 200],
    ['where the new file is in WAL mode, too', 'wal', 600, 900],
  ] as const)('%s is left out; both readings are told', async (_, mode, oldRows, rows) => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    makeWithLog(
      file,
      (database) => fill(database, 1, 300),
      (database) => {
        fill(database, 301, oldRows);
        database.exec('UPDATE t SET name = upper(name) WHERE id <= 20');
      },
    );
    replaceFile(file, mode, rows);
    const before = sums(file);
    const { findings, verdict, tables } = await look(contextIn(folder), file);
    expect(verdict).toBe('damaged');
    expect(findings).toMatchObject([{ kind: expect.stringMatching(/^log-generation/), values: { without: rows } }]);
    expect(tables).toMatchObject([{ name: 't', rows }]);

    const outcome = await repair(contextIn(folder), file);
    expect(outcome).toMatchObject({
      ok: true,
      value: { done: [{ id: 'checkpoint-log', code: 'repair.checkpoint-log.done-orphaned' }] },
    });
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(newRows(file)).toBe(rows);
    expect(await undo(contextIn(folder), file, true)).toMatchObject({ ok: true });
    expect(sums(file)).toEqual(before);
  });

  it('is taken where the user says so', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    makeWithLog(
      file,
      () => {},
      (database) => {
        database.exec('DROP INDEX tn; CREATE INDEX tn ON t (n)');
        fill(database, 1, 3_000);
      },
    );
    replaceFile(file, 'delete', 100);
    const outcome = await repair(contextIn(folder), file, { chosen: ['apply-log'] });
    expect(outcome).toMatchObject({ ok: true, value: { done: [{ id: 'apply-log' }] } });
    expect(integrity(file)).toBe('ok');
    expect(count(file, 't')).toBe(3_000);
  });

  it('is not suspected where a program was killed, before or in the middle of a checkpoint', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    makeWithLog(
      file,
      (database) => fill(database, 1, 300),
      (database) => fill(database, 301, 900),
    );
    expect(await kindsOf(folder, file)).toEqual(['log-left-behind']);
    // Some pages of the log are in the file already.
    const log = readFileSync(`${file}-wal`);
    const handle = openSync(file, 'r+');
    for (let frame = 0; frame < 8; frame += 1) {
      const at = 32 + frame * frameBytes;
      writeSync(handle, log, at + 24, pageSize, (log.readUInt32BE(at) - 1) * pageSize);
    }
    closeSync(handle);
    expect(await kindsOf(folder, file)).toEqual(['log-left-behind']);
    expect(await repair(contextIn(folder), file)).toMatchObject({ ok: true });
    expect(count(file, 't')).toBe(900);
  });
});
