import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hakgalProfile } from '../../src-main/contract/profile.ts';
import { readBaseline } from '../../src-main/doctor/baselines.ts';
import { examineDatabase } from '../../src-main/doctor/examine-database.ts';
import { readOperation } from '../../src-main/doctor/flow/operation/operation.ts';
import { prepareRepair } from '../../src-main/doctor/flow/repair/repair-flow.ts';
import { commit } from '../../src-main/doctor/flow/swap/commit.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { doctorIn, endOf } from './support/doctor-for-test.ts';
import { contextIn, look, repair, undo } from './support/flow-for-test.ts';
import { count, integrity, makeKnowledgeBase, overwrite, sums } from './support/make-database.ts';

const expected = { profile: hakgalProfile, baseline: null };

describe('a path', () => {
  it('through a link repairs the file behind it and keeps the link', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real'));
    const real = makeKnowledgeBase(join(folder, 'real', 'kb.db'), { without: ['audit_log'] });
    const link = join(folder, 'link.db');
    symlinkSync(real, link);
    expect(await repair(contextIn(folder), link, { expected })).toMatchObject({ ok: true });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(count(real, 'audit_log')).toBe(0);
  });

  it('with quotes, spaces, a question mark and a line end is only a path', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, `we"ir'd name?mode=ro #%41\n$(x).db`), { without: ['audit_log'] });
    const context = contextIn(folder);
    const original = sums(file);
    expect(await repair(context, file, { expected })).toMatchObject({ ok: true });
    expect(count(file, 'audit_log')).toBe(0);
    expect(await undo(context, file, true)).toMatchObject({ ok: true });
    expect(sums(file)).toEqual(original);
  });

  it('keeps its mode and owner; a second name keeps the old content, and that is said', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { without: ['audit_log'] });
    linkSync(file, join(folder, 'second.db'));
    chmodSync(file, 0o640);
    const outcome = await repair(contextIn(folder), file, { expected });
    if (!outcome.ok) throw new Error(outcome.failure.message);
    expect(outcome.value.before.findings.map(({ kind }) => kind)).toContain('hard-linked');
    expect(outcome.value.after.findings).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect((await look(contextIn(folder), join(folder, 'second.db'))).tables.map(({ name }) => name)).toEqual([
      'facts',
    ]);
  });
});

describe('a hostile schema', () => {
  it('is rebuilt, salvaged and compared without one of its names reaching SQL unquoted', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 300 });
    const database = new Database(file);
    database.exec(`
      CREATE TABLE "select; drop ""table"" 'x' --" ("from" TEXT, "a""b" BLOB, c INT GENERATED ALWAYS AS (length("from")) STORED);
      CREATE INDEX "in'dex" ON "select; drop ""table"" 'x' --" ("from");
      CREATE TABLE no_rowid (a TEXT PRIMARY KEY, b) WITHOUT ROWID;
      CREATE TABLE shadowed (rowid TEXT, oid INTEGER);
      CREATE VIEW broken AS SELECT * FROM nowhere;
      CREATE TRIGGER boom AFTER INSERT ON "select; drop ""table"" 'x' --" BEGIN DELETE FROM facts; END;
      CREATE VIRTUAL TABLE search USING fts5 (text);
      INSERT INTO no_rowid VALUES ('k', 1), ('l', 2);
      INSERT INTO shadowed VALUES ('x', 1);
      INSERT INTO search SELECT statement FROM facts;`);
    database.exec('DROP TRIGGER boom');
    const insert = database.prepare(`INSERT INTO "select; drop ""table"" 'x' --" VALUES (?, ?)`);
    for (let row = 0; row < 200; row += 1) insert.run(`nul \0 inside ${row}`, Buffer.alloc(row * 50, row));
    database.exec(`CREATE TRIGGER boom AFTER INSERT ON "select; drop ""table"" 'x' --" BEGIN DELETE FROM facts; END`);
    const root = database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'in''dex'`).pluck().get() as number;
    database.close();
    const content = (path: string): unknown[] => {
      const opened = new Database(path, { readonly: true });
      try {
        return [
          ...opened.prepare(`SELECT rowid, * FROM "select; drop ""table"" 'x' --"`).all(),
          ...opened.prepare('SELECT * FROM no_rowid').all(),
          ...opened.prepare('SELECT _rowid_, * FROM shadowed').all(),
          ...opened.prepare(`SELECT rowid FROM search WHERE search MATCH 'Thing7'`).all(),
          opened.prepare('SELECT count(*) FROM facts').get(),
          opened
            .prepare(
              `SELECT group_concat(name, '|') FROM (SELECT name FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name)`,
            )
            .get(),
        ];
      } finally {
        opened.close();
      }
    };
    const before = content(file);
    overwrite(file, (root - 1) * 4096, Buffer.alloc(4096, 0xaa));
    const outcome = await repair(contextIn(folder), file);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    expect(outcome.value.done.map(({ id }) => id)).toEqual(['rebuild-by-reading']);
    expect(integrity(file)).toBe('ok');
    expect(content(file)).toEqual(before);
  });
});

describe('a file that changes underneath', () => {
  it('is not replaced by a repair of what it was', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { without: ['audit_log'] });
    const context = contextIn(folder);
    const prepared = await prepareRepair(
      { file, kind: 'repair', expected, backup: null, includeDoubtful: false },
      context,
    );
    if (!prepared.ok) throw new Error(prepared.failure.message);
    const operation = readOperation(context.places, prepared.value.operationId ?? '');
    const database = new Database(file);
    database.exec("INSERT INTO facts (statement) VALUES ('meanwhile')");
    database.close();
    const changed = sums(file);
    expect(operation && (await commit(operation, context))).toMatchObject({
      ok: false,
      failure: { kind: 'changed-meanwhile' },
    });
    expect(sums(file)).toEqual(changed);
  });
});

describe('kept originals', () => {
  it('that were damaged since are refused, and the database stays', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { without: ['audit_log'] });
    const context = contextIn(folder);
    const outcome = await repair(context, file, { expected });
    if (!outcome.ok) throw new Error(outcome.failure.message);
    const repaired = sums(file);
    const kept = execFileSync('find', [context.places.operations, '-name', 'original'], { encoding: 'utf8' }).trim();
    appendFileSync(kept, 'x');
    expect(await undo(context, file)).toMatchObject({ ok: false, failure: { kind: 'originals-damaged' } });
    expect(sums(file)).toEqual(repaired);
  });
});

/** A disk of a few megabytes; needs root on Linux. */
function smallDisk(folder: string, megabytes: number): string | null {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    return null;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', disk]));
  return disk;
}

describe('a disk', () => {
  it('too full for the copies is found out before anything is written', async (test) => {
    const folder = temporaryFolder();
    const disk = smallDisk(folder, 20);
    if (disk === null) return test.skip('mounting a small disk needs root on Linux');
    const file = join(disk, 'kb.db');
    copyFileSync(makeKnowledgeBase(join(folder, 'kb.db'), { without: ['audit_log'], rows: 40_000 }), file);
    const outcome = await repair(contextIn(folder), file, { expected });
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'disk-full' } });
    expect(execFileSync('ls', ['-A', disk], { encoding: 'utf8' }).trim()).toBe('kb.db');
  });

  it('that is read-only is named, and the database can still be examined', async (test) => {
    const folder = temporaryFolder();
    const disk = smallDisk(folder, 20);
    if (disk === null) return test.skip('mounting a small disk needs root on Linux');
    const file = makeKnowledgeBase(join(disk, 'kb.db'), { without: ['audit_log'], rows: 100, mode: 'wal' });
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const context = contextIn(folder);
    const bytes = readFileSync(file);
    expect((await look(context, file, expected)).findings).toMatchObject([{ kind: 'missing-table' }]);
    expect(await repair(context, file, { expected })).toMatchObject({ ok: false, failure: { kind: 'read-only' } });
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });
});

describe('a swap that the system refuses', () => {
  it('leaves the database as it was, and nothing beside it', async (test) => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { without: ['audit_log'], rows: 100 });
    const original = sums(file);
    const doctor = doctorIn(folder);
    const job = doctor.repair({ file, profile: 'hakgal', confirm: 'always' });
    for await (const { question } of doctor.jobs.watch(job.id)) {
      if (question?.kind !== 'confirm') continue;
      try {
        // Nothing can be renamed over the place where something is mounted.
        execFileSync('mount', ['--bind', file, file], { stdio: 'ignore' });
      } catch {
        return test.skip('mounting needs root on Linux');
      }
      onTestFinished(() => void spawnSync('umount', [file]));
      doctor.jobs.answer(job.id, true);
      break;
    }
    expect(await endOf(doctor, job)).toMatchObject({ state: 'failed', failure: { kind: 'swap-refused' } });
    spawnSync('umount', [file]);
    expect(sums(file)).toEqual(original);
    expect(readdirSync(folder).filter((name) => name.startsWith('.hakgal-'))).toEqual([]);
    expect(readdirSync(join(folder, 'doctor', 'operations'))).toEqual([]);
    expect(await endOf(doctor, doctor.repair({ file, profile: 'hakgal', confirm: 'never' }))).toMatchObject({
      state: 'done',
    });
  });
});

describe('a check that can not finish', () => {
  it('makes the database unknown, never healthy', async (test) => {
    const folder = temporaryFolder();
    const disk = smallDisk(folder, 1);
    if (disk === null) return test.skip('mounting a small disk needs root on Linux');
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 20_000, mode: 'wal' });
    // Looking at a file in WAL mode takes a copy, and there is no room for one.
    const examination = await look(contextIn(folder, { scratch: disk, clock: systemClock }), file);
    expect(examination.verdict).toBe('unknown');
    expect(examination.checks.find(({ id }) => id === 'structure')).toMatchObject({ state: 'unknown' });
  });

  it('lets what was found stand when a writer locks the file at the end', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 10 });
    const writer = new Database(file);
    onTestFinished(() => void writer.close());
    const context = contextIn(folder, {
      onProgress: (_phase, _share, step) => {
        if (step === 'count') writer.exec('BEGIN EXCLUSIVE');
      },
    });
    const examined = await examineDatabase({ file, profile: hakgalProfile, isThorough: true }, 'if-unknown', context);
    expect(examined).toMatchObject({ ok: true, value: { examination: { verdict: 'healthy', tables: [] } } });
    writer.exec('ROLLBACK');
    const later = await examineDatabase({ file, profile: null, isThorough: true }, 'if-unknown', contextIn(folder));
    expect(later).toMatchObject({ ok: true, value: { examination: { verdict: 'healthy' } } });
    expect(readBaseline(context.places, file)?.tables.map(({ name }) => name)).toEqual(['audit_log', 'facts']);
  });
});
