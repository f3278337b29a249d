/**
 * What a database says of itself in its header outlasts a repair and a restore, or the report says that it does not.
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { readHeaderOf } from '../../../src-main/doctor/sqlite-file/header.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { doctorIn, endOf } from '../support/doctor-for-test.ts';
import { contextIn, repair, undo } from '../support/flow-for-test.ts';
import { count, sums } from '../support/make-database.ts';

function make(path: string, ...pragmas: readonly string[]): string {
  const database = new Database(path);
  for (const pragma of pragmas) database.pragma(pragma);
  database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER); CREATE INDEX by_n ON t (n)');
  const insert = database.prepare('INSERT INTO t (name, n) VALUES (?, ?)');
  database.transaction(() => {
    for (let row = 0; row < 800; row += 1) insert.run(`name ${row} ${'x'.repeat(row % 60)}`, row * 31);
  })();
  database.pragma('user_version = 77');
  database.pragma('application_id = 4242');
  database.close();
  return path;
}

const settingsOf = (path: string): unknown => {
  const header = readHeaderOf(path);
  return header === undefined
    ? undefined
    : [
        header.pageSize,
        header.readVersion,
        header.writeVersion,
        header.encoding,
        header.userVersion,
        header.applicationId,
        header.largestRoot > 0,
        header.incrementalVacuum,
      ];
};

/** A leaf of the table is gone, so that rows have to be salvaged. */
function zeroLeaf(path: string, name: string): void {
  const database = new Database(path);
  const leaf = database
    .prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' LIMIT 1 OFFSET 1")
    .pluck()
    .get(name) as number;
  const size = database.pragma('page_size', { simple: true }) as number;
  database.close();
  const bytes = readFileSync(path);
  bytes.fill(0, (leaf - 1) * size, leaf * size);
  writeFileSync(path, bytes);
}

describe.each([
  ['WAL', ['journal_mode = WAL']],
  ['a rollback journal and pages of 1024 bytes', ['page_size = 1024']],
  ['UTF-16', ["encoding = 'UTF-16le'", 'journal_mode = WAL']],
  ['auto-vacuum', ['auto_vacuum = FULL']],
  ['incremental vacuum in WAL', ['auto_vacuum = INCREMENTAL', 'journal_mode = WAL']],
] as const)('%s', (_, pragmas) => {
  it.each(['t', 'by_n'])('is kept when pages of %s are lost', async (name) => {
    const folder = temporaryFolder();
    const file = make(join(folder, 't.db'), ...pragmas);
    const before = settingsOf(file);
    zeroLeaf(file, name);
    const damaged = sums(file);
    const outcome = await repair(contextIn(folder), file);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    expect(outcome.value.done.length).toBeGreaterThan(0);
    expect(settingsOf(file)).toEqual(before);
    expect(outcome.value.journalMode.after).toBe(outcome.value.journalMode.before);
    expect(outcome.value.notes.filter(({ kind }) => kind.endsWith('-changed'))).toEqual([]);
    expect(await undo(contextIn(folder), file, true)).toMatchObject({ ok: true });
    expect(sums(file)).toEqual(damaged);
  });
});

describe('a restore', () => {
  it('asks first, shows rows now and then, keeps the journal mode, and can be undone', async () => {
    const folder = temporaryFolder();
    const file = make(join(folder, 't.db'), 'journal_mode = WAL');
    const doctor = doctorIn(folder);
    const made = await endOf(doctor, doctor.backUp(file));
    if (made.result?.kind !== 'backup') throw new Error('no backup');
    const { id: backupId } = made.result.backup;
    const database = new Database(file);
    database.exec('DELETE FROM t WHERE id > 300; CREATE TABLE later (a); INSERT INTO later VALUES (1)');
    database.close();
    const now = sums(file);

    const ask = async (goOn: boolean) => {
      const job = doctor.restore({ file, backupId });
      let report: unknown;
      let last = job;
      for await (const state of doctor.jobs.watch(job.id)) {
        last = state;
        if (state.question?.kind !== 'confirm') continue;
        report = state.question.report;
        expect(sums(file)).toEqual(now);
        doctor.jobs.answer(job.id, goOn);
      }
      return { report, last };
    };
    const refused = await ask(false);
    expect(refused.last.state).toBe('cancelled');
    expect(sums(file)).toEqual(now);

    const { report, last } = await ask(true);
    expect(report).toMatchObject({
      isApplied: false,
      tables: expect.arrayContaining([
        { table: 't', before: 300, after: 800 },
        { table: 'later', before: 1, after: null },
      ]),
      journalMode: { before: 'wal', after: 'wal' },
    });
    expect(last.result).toMatchObject({ kind: 'restore', report: { isApplied: true } });
    expect(readHeaderOf(file)).toMatchObject({ readVersion: 2, writeVersion: 2, userVersion: 77 });
    expect(count(file, 't')).toBe(800);
    const undone = await endOf(doctor, doctor.undo({ file, isChangeAccepted: true }));
    expect(undone.result).toMatchObject({ report: { isIdentical: true } });
    expect(sums(file)).toEqual(now);
  });

  it('says that the journal mode changes where there is no file to keep it of', async () => {
    const folder = temporaryFolder();
    const file = make(join(folder, 't.db'), 'journal_mode = WAL');
    const doctor = doctorIn(folder);
    const made = await endOf(doctor, doctor.backUp(file));
    if (made.result?.kind !== 'backup') throw new Error('no backup');
    copyFileSync(file, join(folder, 'aside'));
    writeFileSync(file, '');
    const job = await endOf(doctor, doctor.restore({ file, backupId: made.result.backup.id, isDryRun: true }));
    expect(job.result).toMatchObject({
      report: { isApplied: false, journalMode: { before: null, after: 'rollback' } },
    });
    expect(readFileSync(file).length).toBe(0);
  });
});
