/** What a write-ahead log holds is neither dropped nor mixed into what it does not belong to. */
import { closeSync, copyFileSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary.ts';
import { contextIn, look, repair, undo } from '../support/flow-for-test.ts';
import { count, integrity, sums } from '../support/make-database.ts';
import { fill, flip, frameBytes, kindsOf, makeWithLog } from '../support/make-log.ts';

describe('a log beside an empty file', () => {
  it.each([
    ['with all pages', 300],
    ['of many transactions', 2_000],
  ])('%s is really written', async (_, rows) => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    makeWithLog(
      file,
      () => {},
      () => {},
    );
    const aside = join(folder, 'aside');
    const database = new Database(aside);
    database.pragma('journal_mode = WAL');
    database.pragma('wal_autocheckpoint = 0');
    database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER)');
    for (let row = 1; row <= rows; row += 100) fill(database, row, row + 99);
    copyFileSync(`${aside}-wal`, `${file}-wal`);
    database.close();
    writeFileSync(file, '');
    const before = sums(file);
    expect(await kindsOf(folder, file)).toEqual(['log-beside-empty']);
    expect(sums(file)).toEqual(before);
    const outcome = await repair(contextIn(folder), file);
    expect(outcome).toMatchObject({
      ok: true,
      value: { done: [{ id: 'checkpoint-log' }], after: { verdict: 'healthy' } },
    });
    expect(count(file, 't')).toBe(rows);
    expect(await undo(contextIn(folder), file, true)).toMatchObject({ ok: true });
    expect(sums(file)).toEqual(before);
  });

  it('that lacks pages gives the rows of those it has', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    makeWithLog(
      file,
      (database) => fill(database, 1, 300),
      (database) => fill(database, 301, 400),
    );
    writeFileSync(file, '');
    expect(await kindsOf(folder, file)).toEqual(['log-beside-empty']);
    const outcome = await repair(contextIn(folder), file);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    expect(integrity(file)).toBe('ok');
    const found = outcome.value.loss.reduce((sum, { certain, doubtful }) => sum + certain + doubtful, 0);
    expect(found + outcome.value.lostAndFound).toBeGreaterThanOrEqual(99);
  });
});

describe('a damaged frame with committed ones behind it', () => {
  it.each([
    ['at the beginning', 32 + 1 * frameBytes + 200],
    ['in its checksum', 32 + 2 * frameBytes + 18],
    ['in the middle', 32 + 30 * frameBytes + 900],
    ['in the header of the log', 5],
    ['in the checksum of that header', 26],
  ])('%s is a finding, and nothing is dropped', async (_, at) => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    makeWithLog(
      file,
      (database) => fill(database, 1, 300),
      (database) => {
        for (let step = 0; step < 10; step += 1) fill(database, 301 + step * 100, 400 + step * 100);
      },
    );
    flip(`${file}-wal`, at);
    const before = sums(file);
    const examined = await look(contextIn(folder), file);
    expect(examined.findings.map(({ kind }) => kind)).toEqual(['log-broken']);
    expect(examined.verdict).toBe('damaged');
    expect(sums(file)).toEqual(before);

    const outcome = await repair(contextIn(folder), file);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    expect(outcome.value.done.map(({ id }) => id)).toEqual(['salvage-rows']);
    expect(integrity(file)).toBe('ok');
    const [loss] = outcome.value.loss;
    expect((loss?.certain ?? 0) + (loss?.doubtful ?? 0)).toBeGreaterThanOrEqual(1_200);
    const database = new Database(file, { readonly: true });
    const wrong = database
      .prepare("SELECT count(*) FROM t WHERE name NOT LIKE 'name-' || id || '-%' OR n <> id * 31 % 1000")
      .pluck()
      .get();
    database.close();
    expect(wrong).toBe(0);
    expect(await undo(contextIn(folder), file, true)).toMatchObject({ ok: true });
    expect(sums(file)).toEqual(before);
  });

  it('can also be left as SQLite itself would: up to the damage', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    makeWithLog(
      file,
      (database) => fill(database, 1, 300),
      (database) => {
        for (let step = 0; step < 5; step += 1) fill(database, 301 + step * 100, 400 + step * 100);
      },
    );
    flip(`${file}-wal`, 32 + frameBytes + 200);
    expect(await repair(contextIn(folder), file, { chosen: ['checkpoint-log'] })).toMatchObject({ ok: true });
    expect(count(file, 't')).toBe(300);
  });

  it('is no finding where frames of an earlier round follow, or a transaction was never finished', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    makeWithLog(
      file,
      (database) => fill(database, 1, 300),
      (database) => {
        fill(database, 301, 900);
        database.pragma('wal_checkpoint(RESTART)');
        fill(database, 901, 910);
      },
    );
    expect(await kindsOf(folder, file)).toEqual(['log-left-behind']);
    const torn = join(folder, 'torn.db');
    makeWithLog(
      torn,
      (database) => fill(database, 1, 300),
      (database) => fill(database, 301, 900),
    );
    const cut = statSync(`${torn}-wal`).size - frameBytes;
    const handle = openSync(`${torn}-wal`, 'r+');
    writeSync(handle, Buffer.alloc(frameBytes), 0, frameBytes, cut);
    closeSync(handle);
    expect((await kindsOf(folder, torn)).includes('log-broken')).toBe(false);
  });
});

describe('a log that is none', () => {
  it('is said to be unreadable', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    makeWithLog(
      file,
      (database) => fill(database, 1, 300),
      () => {},
    );
    writeFileSync(`${file}-wal`, 'not a log '.repeat(2_000));
    expect(await kindsOf(folder, file)).toContain('log-unreadable');
  });
});
