/**
 * Every file-system call of a repair, an undo and a restore as the one at which the process is killed, and as the one
 * at which another program comes along: no row is lost, and the database is whole for whoever opens it.
 */
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { hakgalProfile } from '../../../src-main/contract/profile.ts';
import { makeBackup } from '../../../src-main/doctor/backups/make-backup.ts';
import { parts } from '../../../src-main/doctor/files/database-files.ts';
import { listOperations, type Operation, readOperation } from '../../../src-main/doctor/flow/operation/operation.ts';
import { originalOf } from '../../../src-main/doctor/flow/operation/places.ts';
import { prepareRepair } from '../../../src-main/doctor/flow/repair/repair-flow.ts';
import { commit } from '../../../src-main/doctor/flow/swap/commit.ts';
import { recover } from '../../../src-main/doctor/flow/swap/recover.ts';
import { prepareUndo } from '../../../src-main/doctor/flow/undo-flow.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { aBackup, contextIn, repair } from '../support/flow-for-test.ts';
import { copyFolder } from '../support/folder-snapshot.ts';
import { integrity, leaveJournal, leaveLog, makeKnowledgeBase } from '../support/make-database.ts';
import { type Call, watchCalls } from '../support/watch-calls.ts';

const isLong = process.env.HAKGAL_LONG === '1';
const rows = 300;
const rowsOfBackup = 200;
const written = 100;

/** Each state in which a database may lie there. */
const states: Readonly<Record<string, (path: string) => void>> = {
  'a single file': () => {},
  'a file with a log': (path) => leaveLog(path, "UPDATE facts SET statement = statement || ' in the log'"),
  'a file with a persistent journal': (path) => {
    const database = new Database(path);
    database.pragma('journal_mode = PERSIST');
    database.exec("UPDATE facts SET statement = statement || ' more'");
    database.close();
  },
  'a file with a hot journal': (path) => leaveJournal(path, "UPDATE facts SET statement = statement || 'half'"),
};
const kinds = ['repair', 'undo', 'restore'] as const;
type Kind = (typeof kinds)[number];

/** Another program. `comes` when the call is reached, `goes` when all is over. */
interface Program {
  comes(file: string): void;
  /** @returns rows that it was told are committed */
  goes(): number;
}

const write = (database: Database.Database): number => {
  const insert = database.prepare("INSERT INTO facts (statement, source) VALUES ('meanwhile', 'program')");
  database.transaction(() => {
    for (let row = 0; row < written; row += 1) insert.run();
  })();
  return written;
};

const programs: Readonly<Record<string, () => Program>> = {
  'reads and closes': () => ({
    comes: (file) => {
      const database = new Database(file);
      database.prepare('SELECT count(*) FROM facts').get();
      database.close();
    },
    goes: () => 0,
  }),
  'writes and closes': () => {
    let done = 0;
    return {
      comes: (file) => {
        const database = new Database(file);
        done = write(database);
        database.close();
      },
      goes: () => done,
    };
  },
  'keeps it open and writes': () => {
    let done = 0;
    let database: Database.Database | undefined;
    return {
      comes: (file) => {
        database = new Database(file);
        done = write(database);
      },
      goes: () => {
        if (database !== undefined) done += write(database);
        database?.close();
        return done;
      },
    };
  },
};

interface Seen {
  /** Rows that were there before, and that the program wrote. */
  readonly old: number;
  readonly meanwhile: number;
}

/** As whoever opens it next sees it; a copy is looked at, as opening changes things. */
function look(file: string, aside: string, what = ''): Seen {
  const copy = join(aside, 'look.db');
  for (const part of parts) {
    rmSync(copy + part, { force: true });
    if (part !== '-shm' && existsSync(file + part)) copyFileSync(file + part, copy + part);
  }
  expect(integrity(copy), what).toBe('ok');
  const database = new Database(copy);
  const seen = database
    .prepare(
      "SELECT count(*) FILTER (WHERE source <> 'program') AS old, count(*) FILTER (WHERE source = 'program') AS meanwhile FROM facts",
    )
    .get() as Seen;
  database.close();
  return seen;
}

/** A folder with the database in that state, and the operation on it still to be begun. */
async function make(folder: string, state: string, kind: Kind): Promise<string> {
  const file = join(folder, 'case.db');
  makeKnowledgeBase(file, { without: ['audit_log'], rows: kind === 'restore' ? rowsOfBackup : rows });
  if (kind === 'restore') {
    aBackup(await makeBackup(file, 1, contextIn(folder)));
    rmSync(file);
    makeKnowledgeBase(file, { without: ['audit_log'], rows });
  }
  (states[state] as (path: string) => void)(file);
  for (const part of parts) rmSync(`${file}.writer${part}`, { force: true });
  if (kind === 'undo') {
    const repaired = await repair(contextIn(folder), file, { expected: { profile: hakgalProfile, baseline: null } });
    expect(repaired.ok).toBe(true);
  }
  return file;
}

async function prepare(folder: string, file: string, kind: Kind): Promise<Operation | null> {
  const context = contextIn(folder);
  const read = (id: string | null): Operation | null => (id === null ? null : readOperation(context.places, id));
  if (kind === 'undo') {
    const undo = await prepareUndo({ file, isChangeAccepted: false }, context);
    return undo.ok ? read(undo.value) : null;
  }
  const { listBackups } = await import('../../../src-main/doctor/backups/catalogue.ts');
  const prepared = await prepareRepair(
    {
      file,
      kind,
      expected: { profile: kind === 'restore' ? null : hakgalProfile, baseline: null },
      backup: listBackups(context.places, file)[0] ?? null,
      includeDoubtful: false,
    },
    context,
  );
  return prepared.ok ? read(prepared.value.operationId) : null;
}

const mayHave = (kind: Kind): number[] => (kind === 'restore' ? [rows, rowsOfBackup] : [rows]);
const leftBeside = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('.hakgal-'));

function keptMeanwhile(folder: string): number {
  const { places } = contextIn(folder);
  const newest = listOperations(places).at(-1) as Operation;
  return look(originalOf(newest.folder), folder).meanwhile;
}

/** After the program is gone and all is put right. */
function expectWhole(folder: string, file: string, kind: Kind, done: number, what: string): void {
  recover(contextIn(folder), 'all');
  const seen = look(file, folder, what);
  expect(mayHave(kind), what).toContain(seen.old);
  // What was there before a restore began has been replaced by the backup, and is kept for its undo.
  const isReplaced = kind === 'restore' && seen.old === rowsOfBackup && seen.meanwhile === 0;
  expect(isReplaced ? keptMeanwhile(folder) : seen.meanwhile, what).toBe(done);
  expect(leftBeside(folder), what).toEqual([]);
}

const chosenStates = isLong ? Object.keys(states) : ['a file with a log', 'a file with a hot journal'];
const chosenKinds = isLong ? kinds : (['repair', 'undo'] as const);
/** The others come along in the long run. */
const chosenPrograms = isLong ? Object.keys(programs) : ['writes and closes', 'keeps it open and writes'];
const timeout = 3_600_000;

/**
 * One in how many calls is tried: every one of the swap in the long run, and few where one search for holders makes
 * hundreds.
 */
function step({ path }: Call, isSwapping: boolean): number {
  if (path.startsWith('/proc')) return isLong ? 40 : 400;
  if (isSwapping) return isLong ? 1 : 23;
  return isLong ? 9 : 150;
}

describe.each(chosenStates)('%s', (state) => {
  it.each(chosenKinds)(
    'keeps every row wherever a %s is killed and another program comes',
    { timeout },
    async (kind) => {
      const base = temporaryFolder();
      const folder = join(base, 'work');
      const file = await make(await emptied(folder), state, kind);
      const moments = new Map<string, string>();
      await watchCalls(
        ({ name, path, changesDisk }) => {
          if (!changesDisk) return;
          // In the short run one moment for each that another program could tell apart.
          const beside = readdirSync(folder).filter(
            (one) => one.endsWith('.db') || one.startsWith('case.db') || one.startsWith('.hak'),
          );
          const key = isLong ? `${moments.size} ${name} ${path}` : beside.join();
          if (moments.has(key) || (!isLong && !beside.some((one) => /-(old|new|shield|removed)/.test(one)))) return;
          moments.set(key, join(base, `moment-${moments.size}`));
          copyFolder(folder, moments.get(key) as string);
        },
        async () => {
          const operation = await prepare(folder, file, kind);
          expect(operation).not.toBeNull();
          expect(await commit(operation as Operation, contextIn(folder))).toMatchObject({ ok: true });
        },
      );
      expect(moments.size).toBeGreaterThan(isLong ? 25 : 3);
      for (const [key, moment] of moments)
        for (const name of chosenPrograms) {
          const what = `killed before ${key}; a program ${name}`;
          copyFolder(moment, folder);
          expect(mayHave(kind), what).toContain(look(file, folder).old);
          const program = (programs[name] as () => Program)();
          program.comes(file);
          recover(contextIn(folder), 'all');
          expectWhole(folder, file, kind, program.goes(), what);
        }
    },
  );

  it.each(chosenKinds)('keeps every row of a program that comes at any call of a %s', { timeout }, async (kind) => {
    const base = temporaryFolder();
    const folder = join(base, 'work');
    const file = await make(await emptied(folder), state, kind);
    const whole = join(base, 'whole');
    copyFolder(folder, whole);
    const operate = async (onCall: (call: Call, isSwapping: boolean) => void): Promise<void> => {
      copyFolder(whole, folder);
      let isSwapping = false;
      await watchCalls(
        (call) => onCall(call, isSwapping),
        async () => {
          const operation = await prepare(folder, file, kind);
          isSwapping = true;
          if (operation !== null) await commit(operation, contextIn(folder));
        },
      );
    };
    const chosen: number[] = [];
    let calls = 0;
    await operate((call, isSwapping) => {
      calls += 1;
      if (calls % step(call, isSwapping) === 0) chosen.push(calls);
    });
    expect(chosen.length).toBeGreaterThan(isLong ? 80 : 3);
    for (const name of chosenPrograms)
      for (const at of chosen) {
        const program = (programs[name] as () => Program)();
        let call = 0;
        let what = '';
        await operate((made) => {
          call += 1;
          if (call !== at) return;
          what = `a program ${name} at call ${at} of ${calls} (${made.name} ${made.path})`;
          program.comes(file);
        });
        expectWhole(folder, file, kind, program.goes(), what);
      }
  });
});

async function emptied(folder: string): Promise<string> {
  const { mkdirSync } = await import('node:fs');
  mkdirSync(folder, { recursive: true });
  return folder;
}
