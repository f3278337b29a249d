import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backupFolder, listBackups } from '../../src-main/doctor/backups/catalogue.ts';
import { makeBackup } from '../../src-main/doctor/backups/make-backup.ts';
import { startBackupSchedule } from '../../src-main/doctor/backups/schedule.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { aBackup, contextIn } from './support/flow-for-test.ts';
import { integrity, leaveLog, makeKnowledgeBase, overwrite, sums } from './support/make-database.ts';

describe('a backup', () => {
  it('holds what is in the log, too, and leaves the database as it was', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 50 });
    leaveLog(file, "INSERT INTO facts (statement) VALUES ('in the log')");
    const before = sums(file);
    const backup = aBackup(await makeBackup(file, 3, contextIn(folder)));
    expect(backup.rows).toEqual({ facts: 51, audit_log: 0 });
    expect(integrity(backup.path)).toBe('ok');
    expect(sums(file)).toEqual(before);
  });

  it('that is damaged replaces nothing: the last good one stays', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'));
    const context = contextIn(folder);
    const good = aBackup(await makeBackup(file, 1, context));
    overwrite(file, 40 * 4096, Buffer.alloc(4096, 0xee));
    expect(await makeBackup(file, 1, context)).toMatchObject({ ok: false, failure: { kind: 'backup-not-sound' } });
    writeFileSync(file, 'no database');
    expect(await makeBackup(file, 1, context)).toMatchObject({ ok: false });
    expect(listBackups(context.places, file)).toEqual([good]);
    expect(readdirSync(backupFolder(context.places, file)).sort()).toEqual([`${good.id}.db`, `${good.id}.json`]);
  });

  it('older than the number to keep goes when a newer good one is there', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 10 });
    const context = contextIn(folder);
    const all = [];
    for (let round = 0; round < 3; round += 1) all.push(aBackup(await makeBackup(file, 2, context)).id);
    expect(listBackups(context.places, file).map(({ id }) => id)).toEqual(all.slice(1).reverse());
  });

  it('whose file was cut does not count', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 10 });
    const context = contextIn(folder);
    const { path } = aBackup(await makeBackup(file, 2, context));
    writeFileSync(path, readFileSync(path).subarray(0, 5_000));
    expect(listBackups(context.places, file)).toEqual([]);
  });

  it('is whole while another process writes all the time, which is never kept waiting for long', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { mode: 'wal', rows: 20_000 });
    const script = fileURLToPath(new URL('./support/write-on.ts', import.meta.url));
    const writer = spawn(process.execPath, [script, file], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void writer.kill('SIGKILL'));
    await once(writer.stdout, 'data');
    const backup = aBackup(await makeBackup(file, 3, contextIn(folder)));
    expect(integrity(backup.path)).toBe('ok');
    // Two rows in one transaction each time: a copy that is torn would hold one of them.
    expect((backup.rows.facts as number) % 2).toBe(0);
    const ended = once(writer, 'exit');
    writer.stdin.end();
    expect((await ended)[0]).toBe(0);
  });
});

describe('the schedule', () => {
  it('backs up each database in its time, and one that failed an hour later', async () => {
    const clock = new FakeClock();
    const made: string[] = [];
    const newest = new Map<string, number>();
    let isBroken = true;
    const settings = { isEnabled: true, intervalHours: 24, keep: 3, maxDatabaseMegabytes: 2_000 };
    using _ = startBackupSchedule({
      clock,
      settings: () => settings,
      databases: () => [
        { path: 'good', sizeBytes: 1 },
        { path: 'bad', sizeBytes: 1 },
      ],
      doctor: {
        backups: async (file) => (newest.has(file) ? [{ at: newest.get(file) } as never] : []),
        backUp: (file) => {
          made.push(file);
          if (file === 'good' || !isBroken) newest.set(file, clock.now());
          return { id: file } as never;
        },
        jobs: {
          async *watch(id: string) {
            yield { state: id === 'bad' && isBroken ? 'failed' : 'done' } as never;
          },
        } as never,
      },
    });
    await clock.advance(60_000);
    expect(made).toEqual(['good', 'bad']);
    await clock.advance(40 * 60_000);
    expect(made).toEqual(['good', 'bad']);
    isBroken = false;
    await clock.advance(30 * 60_000);
    expect(made).toEqual(['good', 'bad', 'bad']);
    await clock.advance(24 * 3_600_000);
    expect(made.filter((file) => file === 'good').length).toBe(2);
  });
});

describe('the schedule of a doctor whose threads can not start', () => {
  it('goes on, and asks again an hour later', async () => {
    const clock = new FakeClock();
    let asked = 0;
    using _ = startBackupSchedule({
      clock,
      settings: () => ({ isEnabled: true, intervalHours: 24, keep: 3, maxDatabaseMegabytes: 2_000 }),
      databases: () => [{ path: 'kb', sizeBytes: 1 }],
      doctor: {
        backups: async () => {
          asked += 1;
          throw new Error('ENOSPC: no space left on device');
        },
        backUp: () => expect.unreachable(),
        jobs: {} as never,
      },
    });
    await clock.advance(60_000);
    expect(asked).toBe(1);
    await clock.advance(2 * 3_600_000);
    expect(asked).toBeGreaterThan(1);
  });
});

describe('a database whose first page lies in memory only', () => {
  it('of zero bytes is backed up as the empty database that it is', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'empty.db');
    writeFileSync(file, '');
    const outcome = await makeBackup(file, 3, contextIn(folder));
    expect(outcome.ok).toBe(true);
    if (outcome.ok) new Database(outcome.value.path, { readonly: true }).close();
  });
});
