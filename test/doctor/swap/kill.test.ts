/**
 * kill −9 at every journaled step, before and after its line is on the disk: the database is the old one or the new
 * one, whole.
 */
import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { makeBackup } from '../../../src-main/doctor/backups/make-backup.ts';
import { parts } from '../../../src-main/doctor/files/database-files.ts';
import { readJournal, type Step } from '../../../src-main/doctor/flow/operation/journal.ts';
import { placesIn } from '../../../src-main/doctor/flow/operation/places.ts';
import { recover } from '../../../src-main/doctor/flow/swap/recover.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { aBackup, contextIn } from '../support/flow-for-test.ts';
import { integrity, leaveJournal, leaveLog, makeKnowledgeBase, sums } from '../support/make-database.ts';

const child = fileURLToPath(new URL('../support/kill-child.ts', import.meta.url));
const run = promisify(execFile);

async function runUntilKilled(
  folder: string,
  file: string,
  kind: string,
  step: string,
  when: string,
): Promise<boolean> {
  try {
    await run(process.execPath, [child, folder, file, kind, step, when]);
    return false;
  } catch (error) {
    if ((error as { signal?: string }).signal === 'SIGKILL') return true;
    throw error;
  }
}

/** Each state of a database in which a program may be killed. */
const beginnings: Readonly<Record<string, (path: string) => void>> = {
  'a single file': () => {},
  'a file with a log': (path) => leaveLog(path, "INSERT INTO facts (statement) VALUES ('in the log')"),
  'a file with a hot journal': (path) => leaveJournal(path, "UPDATE facts SET statement = statement || 'half'"),
};

/**
 * What is in it, for whoever opens it: rows, and whether the repair has been made. Looks at a copy, as opening changes
 * things.
 */
function look(path: string, aside: string): { readonly isRepaired: boolean; readonly facts: unknown } {
  const copy = join(aside, 'look.db');
  for (const part of parts) {
    rmSync(copy + part, { force: true });
    if (part !== '-shm' && existsSync(path + part)) copyFileSync(path + part, copy + part);
  }
  expect(integrity(copy)).toBe('ok');
  const database = new Database(copy);
  const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
  const facts = database
    .prepare('SELECT count(*) AS rows, sum(length(statement)) AS letters FROM facts NOT INDEXED')
    .get();
  database.close();
  return { isRepaired: tables.includes('audit_log'), facts };
}

const copyAll = (from: string, to: string): void => {
  for (const part of parts) {
    rmSync(to + part, { force: true });
    if (existsSync(from + part)) copyFileSync(from + part, to + part);
  }
};

/** The journaled steps of the newest operation, and that it came to its end. */
function stepsOf(doctor: string): ReadonlySet<Step> {
  const { operations } = placesIn(doctor);
  const steps = readJournal(join(operations, readdirSync(operations).sort().at(-1) as string)).map(({ step }) => step);
  expect(steps.at(-1)).toBe('done');
  return new Set(steps);
}

describe.each(Object.keys(beginnings))('%s', (name) => {
  it.each(['repair', 'undo'])(
    'is old or new, and whole, wherever a %s is killed',
    { timeout: 480_000 },
    async (kind) => {
      const folder = temporaryFolder();
      const template = makeKnowledgeBase(join(folder, 'template.db'), { without: ['audit_log'], rows: 900 });
      (beginnings[name] as (path: string) => void)(template);
      const facts = look(template, folder).facts;

      const prepareCase = async (): Promise<{ doctor: string; file: string; old: unknown; target: unknown }> => {
        const doctor = join(folder, 'doctor');
        const file = join(folder, 'case.db');
        rmSync(doctor, { recursive: true, force: true });
        copyAll(template, file);
        const original = sums(file);
        if (kind === 'repair') return { doctor, file, old: original, target: null };
        // The repair that the undo takes back is the same each time.
        const kept = join(folder, 'repaired');
        if (existsSync(kept)) {
          cpSync(join(kept, 'doctor'), doctor, { recursive: true });
          copyAll(join(kept, 'case.db'), file);
        } else {
          expect(await runUntilKilled(doctor, file, 'repair', 'none', 'none')).toBe(false);
          cpSync(doctor, join(kept, 'doctor'), { recursive: true });
          copyAll(file, join(kept, 'case.db'));
        }
        return { doctor, file, old: sums(file), target: original };
      };

      // A run to the end tells which steps there are.
      const whole = await prepareCase();
      expect(await runUntilKilled(whole.doctor, whole.file, kind, 'none', 'none')).toBe(false);
      const steps = stepsOf(whole.doctor);
      const finished = sums(whole.file);
      if (kind === 'undo') expect(finished).toEqual(whole.target);

      const ends = new Set<string>();
      for (const step of steps)
        for (const when of ['before', 'after']) {
          const { doctor, file, old, target } = await prepareCase();
          expect(await runUntilKilled(doctor, file, kind, step, when)).toBe(true);
          // As another program finds it, before we have had a chance to put anything right.
          expect(look(file, folder).facts, `${step} ${when}`).toEqual(facts);

          recover({ places: placesIn(doctor), clock: systemClock }, 'all');
          const after = look(file, folder);
          expect(after.facts).toEqual(facts);
          const isOld = JSON.stringify(sums(file)) === JSON.stringify(old);
          if (!isOld && kind === 'undo') expect(sums(file)).toEqual(target);
          if (!isOld && kind === 'repair') expect(after.isRepaired).toBe(true);
          ends.add(isOld ? 'old' : 'new');
          expect(readdirSync(folder).filter((one) => one.startsWith('.hakgal-'))).toEqual([]);
          const left = readdirSync(placesIn(doctor).operations);
          expect(left.length).toBe((isOld ? 0 : 1) + (kind === 'undo' ? 1 : 0));
        }
      expect([...ends].sort()).toEqual(['new', 'old']);
    },
  );
});

describe('a file that vanished', () => {
  /** What brings it back, from a state of the database that was kept, and what its end left beside the empty place. */
  const ways: readonly (readonly [kind: string, kept: string, beside: readonly string[]])[] = [
    ['restore', 'a single file', ['-wal', '-journal']],
    ['undo', 'a file with a log', []],
  ];
  const longWays: typeof ways = [
    ['restore', 'a single file', []],
    ['undo', 'a single file', ['-wal']],
    ['undo', 'a file with a hot journal', ['-wal']],
  ];

  it.each(process.env.HAKGAL_LONG === '1' ? [...ways, ...longWays] : ways)(
    'is not there or whole, wherever a %s of %s is killed, with %j left beside the place',
    { timeout: 480_000 },
    async (kind, kept, beside) => {
      const folder = temporaryFolder();
      const template = makeKnowledgeBase(join(folder, 'template.db'), { without: ['audit_log'], rows: 900 });
      (beginnings[kept] as (path: string) => void)(template);
      const { facts } = look(template, folder);
      const doctor = join(folder, 'doctor');
      const file = join(folder, 'case.db');
      copyAll(template, file);
      const original = sums(file);
      if (kind === 'restore') aBackup(await makeBackup(file, 1, contextIn(folder)));
      else expect(await runUntilKilled(doctor, file, 'repair', 'none', 'none')).toBe(false);
      cpSync(doctor, join(folder, 'kept'), { recursive: true });

      const prepareCase = (): void => {
        rmSync(doctor, { recursive: true, force: true });
        cpSync(join(folder, 'kept'), doctor, { recursive: true });
        copyAll(join(folder, 'nowhere'), file);
        for (const part of beside) writeFileSync(file + part, 'left of another life');
      };
      const expectWhole = (what: string): void => {
        expect(look(file, folder).facts, what).toEqual(facts);
        if (kind === 'undo') expect(sums(file), what).toEqual(original);
        else expect(Object.keys(sums(file)), what).toEqual(['']);
      };

      prepareCase();
      expect(await runUntilKilled(doctor, file, kind, 'none', 'none')).toBe(false);
      const steps = stepsOf(doctor);
      expectWhole('to the end');

      const ends = new Set<string>();
      for (const step of steps)
        for (const when of ['before', 'after']) {
          prepareCase();
          expect(await runUntilKilled(doctor, file, kind, step, when)).toBe(true);
          if (existsSync(file)) expect(look(file, folder).facts, `${step} ${when}`).toEqual(facts);
          recover({ places: placesIn(doctor), clock: systemClock }, 'all');
          if (existsSync(file)) expectWhole(`${step} ${when}`);
          else for (const part of beside) expect(readFileSync(file + part, 'utf8')).toBe('left of another life');
          ends.add(existsSync(file) ? 'there' : 'missing');
          expect(readdirSync(folder).filter((one) => one.startsWith('.hakgal-'))).toEqual([]);
          const left = readdirSync(placesIn(doctor).operations).length;
          expect(left).toBe((existsSync(file) ? 1 : 0) + (kind === 'undo' ? 1 : 0));
        }
      expect([...ends].sort()).toEqual(['missing', 'there']);
    },
  );
});
