/** Who has a database open, as each system tells it; what it does not tell is unknown. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, type Stats, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HolderAnswer } from '../../../src-main/contract/doctor/examination.ts';
import { findHoldersOnLinux } from '../../../src-main/doctor/holders/linux.ts';
import { askForLease } from '../../../src-main/doctor/holders/linux-lease.ts';
import { stateOf } from '../../../src-main/doctor/holders/mac.ts';
import { isClosedToOthers } from '../../../src-main/doctor/holders/who-may-write.ts';
import { attemptOf, findHoldersOnWindows } from '../../../src-main/doctor/holders/windows.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { contextIn, repair } from '../support/flow-for-test.ts';
import { makeKnowledgeBase, sums } from '../support/make-database.ts';

describe('on Windows', () => {
  const answer = (codes: Readonly<Record<string, string | undefined>>): HolderAnswer =>
    findHoldersOnWindows('kb.db', (file) => attemptOf(file in codes ? codes[file] : 'ENOENT'));

  it('is free when each file can be had alone', () => {
    expect(answer({ 'kb.db': undefined, 'kb.db-wal': undefined }).state).toBe('free');
  });
  it('is held when one of them cannot, whichever it is', () => {
    for (const part of ['', '-wal', '-shm', '-journal'])
      expect(answer({ 'kb.db': undefined, [`kb.db${part}`]: 'EBUSY' }).state).toBe('held');
  });
  it('is unknown when the system refuses for another reason', () => {
    expect(answer({ 'kb.db': 'EPERM' }).state).toBe('unknown');
    expect(answer({ 'kb.db': undefined, 'kb.db-wal': 'EACCES' }).state).toBe('unknown');
  });
  it('does not touch the log of whoever has the database open', () => {
    const tried: string[] = [];
    findHoldersOnWindows('kb.db', (file) => {
      tried.push(file);
      return 'held';
    });
    expect(tried).toEqual(['kb.db']);
  });
});

describe('on macOS', () => {
  const holder = { pid: 7, name: 'app', files: ['/kb.db'], isWriting: false };
  it('nobody is known to have it only where nobody unseen may write it', () => {
    expect(stateOf([holder], false, false)).toBe('held');
    expect(stateOf([], true, false)).toBe('free');
    expect(stateOf([], false, true)).toBe('free');
    expect(stateOf([], false, false)).toBe('unknown');
  });
});

describe('who else may write a file', () => {
  const modes: Readonly<Record<string, number>> = {
    '/': 0o755,
    '/home': 0o755,
    '/home/me': 0o750,
    '/home/me/private': 0o700,
    '/home/me/open.db': 0o666,
    '/home/me/mine.db': 0o644,
    '/home/me/private/open.db': 0o666,
  };
  const stat = (path: string): Stats => ({ mode: modes[path] }) as Stats;
  it.each([
    ['/home/me/mine.db', true],
    ['/home/me/private/open.db', true],
    ['/home/me/open.db', false],
  ])('%s is closed to others: %s', (path, isClosed) => {
    expect(isClosedToOthers(path, stat)).toBe(isClosed);
  });
});

describe.runIf(process.platform === 'linux')('on Linux', () => {
  it('the kernel itself tells of an open file, whoever has it open', () => {
    const file = makeKnowledgeBase(join(temporaryFolder(), 'kb.db'), { rows: 5 });
    expect(askForLease(file)).toBe('free');
    const database = new Database(file);
    database.prepare('SELECT 1 FROM facts').get();
    expect(askForLease(file)).toBe('held');
    database.close();
  });

  // Needs root, to be somebody else for a moment.
  it.runIf(process.getuid?.() === 0)(
    'sees (run as root, which can be somebody else) what a process of another user has open, although its files are hidden',
    async () => {
      const folder = temporaryFolder();
      const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 5 });
      for (const path of [folder, file]) chownSync(path, 65_534, 65_534);
      chmodSync(folder, 0o755);
      const asked = async (): Promise<string> => {
        const script = join(folder, 'ask.mjs');
        const source = fileURLToPath(new URL('../../../src-main/doctor/holders/holders.ts', import.meta.url));
        writeFileSync(
          script,
          `import { findHoldersNow } from ${JSON.stringify(source)}; process.stdout.write(findHoldersNow(process.argv[2]).state);`,
        );
        const child = spawn(process.execPath, [script, file], {
          uid: 65_534,
          gid: 65_534,
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let out = '';
        child.stdout.on('data', (piece) => {
          out += piece;
        });
        await once(child, 'close');
        return out;
      };
      expect(await asked()).toBe('free');
      // Idle in rollback mode: no lock, and its open files are root's business.
      const database = new Database(file);
      onTestFinished(() => void database.close());
      database.prepare('SELECT 1 FROM facts').get();
      expect(await asked()).toBe('held');
    },
  );

  it('what nobody can tell is unknown, and a repair then does not begin', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { without: ['audit_log'], rows: 5 });
    const before = sums(file);
    const context = contextIn(folder, { findHolders: async () => ({ state: 'unknown', holders: [] }) });
    expect(await repair(context, file)).toMatchObject({ ok: false, failure: { kind: 'holders-unknown' } });
    expect(sums(file)).toEqual(before);
    expect(findHoldersOnLinux(file).state).toBe('free');
  });
});
