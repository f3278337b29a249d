import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTableSql, hakgalProfile } from '../../src-main/contract/profile.ts';
import { eventually } from '../support/headless.ts';
import { openTarget } from '../support/target.ts';
import { temporaryFolder } from '../support/temporary.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'hexagonal_kb.db');
});

interface Wanted {
  readonly facts?: number;
  readonly without?: string;
  readonly journal?: 'wal' | 'delete';
  readonly pad?: number;
  readonly at?: string;
}

function makeKnowledgeBase({
  facts = 42,
  without = '',
  journal = 'delete',
  pad = 0,
  at = path,
}: Wanted = {}): Database.Database {
  const database = new Database(at);
  database.pragma(`journal_mode = ${journal}`);
  for (const table of hakgalProfile.tables) if (table.name !== without) database.exec(createTableSql(table));
  const insert = database.prepare('INSERT INTO facts (statement) VALUES (?)');
  database.transaction(() => {
    for (let index = 0; index < facts; index += 1) insert.run(`fact ${index} ${'x'.repeat(pad)}`);
  })();
  return database;
}

const beside = (): string[] => readdirSync(folder).sort();
const kb = { kind: 'sqlite', profile: 'hakgal' } as const;

describe('a knowledge base that is well', () => {
  it('is told with its facts, size, journal and verdict', async () => {
    makeKnowledgeBase().close();
    await using target = openTarget({ ...kb, path }, { isMain: true });
    const { finding, values } = await target.look();
    expect(finding).toMatchObject({ state: 'up', kind: 'ok' });
    expect(values).toMatchObject({
      facts_total: 42,
      wal_size_bytes: 0,
      'target_up{target="x",kind="sqlite"}': 1,
      'sqlite_target_rows{target="x",table="facts"}': 42,
      'sqlite_target_file_bytes{target="x"}': statSync(path).size,
      'sqlite_target_missing_tables{target="x"}': 0,
      'sqlite_target_quick_check_ok{target="x"}': 1,
      'sqlite_target_journal_info{target="x",mode="rollback"}': 1,
    });
    expect(values['sqlite_target_probe_seconds{target="x"}']).toBeGreaterThan(0);
  });

  it.each(['wal', 'delete'] as const)('is left exactly as it was when nobody has it open (%s)', async (journal) => {
    makeKnowledgeBase({ journal }).close();
    const before = { bytes: readFileSync(path), time: statSync(path).mtimeMs };
    await using target = openTarget({ ...kb, path }, { isMain: true });
    for (let looks = 0; looks < 3; looks += 1) expect((await target.look()).values.facts_total).toBe(42);
    expect(beside()).toEqual(['hexagonal_kb.db']);
    expect(readFileSync(path).equals(before.bytes)).toBe(true);
    expect(statSync(path).mtimeMs).toBe(before.time);
  });

  it('is seen as its owner sees it, with what is still in the write-ahead log', async () => {
    const owner = makeKnowledgeBase({ journal: 'wal' });
    owner.pragma('wal_checkpoint(TRUNCATE)');
    owner.prepare("INSERT INTO facts (statement) VALUES ('in the log only')").run();
    const wal = readFileSync(`${path}-wal`);
    await using target = openTarget({ ...kb, path }, { isMain: true });
    const { values } = await target.look();
    expect(values).toMatchObject({ facts_total: 43, wal_size_bytes: wal.length });
    expect(readFileSync(`${path}-wal`).equals(wal)).toBe(true);
    owner.close();
    expect(beside()).toEqual(['hexagonal_kb.db']);
    expect((await target.look()).values).toMatchObject({ facts_total: 43, wal_size_bytes: 0 });
  });

  it('is told of when another file takes its place, and when it is only written to, is not', async () => {
    const replaced: string[] = [];
    makeKnowledgeBase().close();
    await using target = openTarget({ ...kb, path }, { onFileReplaced: (file) => replaced.push(file) });
    await target.look();
    const owner = new Database(path);
    owner.exec("INSERT INTO facts (statement) VALUES ('one more')");
    owner.close();
    await target.look();
    expect(replaced).toEqual([]);
    makeKnowledgeBase({ at: join(folder, 'other.db') }).close();
    renameSync(join(folder, 'other.db'), path);
    // Its verdict is its own, from the first look on.
    const { values } = await target.look();
    expect(values).toMatchObject({
      'sqlite_target_quick_check_ok{target="x"}': 1,
      'sqlite_target_quick_check_age_seconds{target="x"}': 0,
    });
    await target.look();
    expect(replaced).toEqual([path]);
  });

  it('has its pages counted where they are: those in the write-ahead log, too', async () => {
    const owner = makeKnowledgeBase({ journal: 'wal', facts: 2_000 });
    await using target = openTarget({ ...kb, path });
    const { values, finding } = await target.look();
    const pages = owner.pragma('page_count', { simple: true }) as number;
    expect(pages * 4_096).toBeGreaterThan(statSync(path).size);
    expect(values['sqlite_target_pages{target="x"}']).toBe(pages);
    expect(finding.facts).toContainEqual({ name: 'pages', value: String(pages) });
    owner.close();
  });

  it.runIf(process.platform === 'linux')('tells which programs have it open, and how often', async () => {
    makeKnowledgeBase({ journal: 'wal' }).close();
    await using target = openTarget({ ...kb, path }, { isMain: true });
    expect((await target.look()).values.database_connections).toBe(0);
    const script = `const D = require('better-sqlite3'); const all = [new D(${JSON.stringify(path)}), new D(${JSON.stringify(path)})];
      for (const one of all) one.prepare('SELECT count(*) FROM facts').get(); console.log('open'); setInterval(() => all.length, 1000);`;
    const owner = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await new Promise((resolve) => owner.stdout?.once('data', resolve));
      // Found through its lock on the -shm, without a search of every process.
      expect((await target.look()).values).toMatchObject({
        database_connections: 2,
        'sqlite_target_processes{target="x"}': 1,
      });
    } finally {
      owner.kill('SIGKILL');
    }
  });
});

describe('a database with something wrong', () => {
  it('that lacks a table says which', async () => {
    makeKnowledgeBase({ without: 'audit_log' }).close();
    await using target = openTarget({ ...kb, path });
    const { finding, values } = await target.look();
    expect(finding).toMatchObject({ state: 'wrong', kind: 'missing-table', message: `${path} lacks table audit_log` });
    expect(values).toMatchObject({
      'target_up{target="x",kind="sqlite"}': 0,
      'target_problem{target="x",kind="sqlite",problem="missing-table"}': 1,
      'sqlite_target_missing_tables{target="x"}': 1,
    });
  });

  it('that lacks columns says which', async () => {
    const database = new Database(path);
    database.exec('CREATE TABLE facts (id INTEGER PRIMARY KEY, statement TEXT, source TEXT, timestamp TEXT)');
    database.exec(createTableSql(hakgalProfile.tables[1] as (typeof hakgalProfile.tables)[number]));
    database.close();
    await using target = openTarget({ ...kb, path });
    const { finding } = await target.look();
    expect(finding).toMatchObject({ state: 'wrong', kind: 'missing-column' });
    expect(finding.message).toContain('column facts.tags, column facts.confidence');
  });

  it('that has no profile is held against the first schema seen, also after a restart', async () => {
    makeKnowledgeBase().close();
    const memoryPath = join(folder, 'memory', 'targets.json');
    {
      await using target = openTarget({ kind: 'sqlite', path }, { memoryPath });
      expect((await target.look()).finding.state).toBe('up');
    }
    const database = new Database(path);
    database.exec('CREATE TABLE surprise (x)');
    database.close();
    await using target = openTarget({ kind: 'sqlite', path }, { memoryPath });
    const { finding, values } = await target.look();
    expect(finding).toMatchObject({ state: 'wrong', kind: 'schema-drift' });
    expect(values['sqlite_target_schema_drifted{target="x"}']).toBe(1);
  });

  it('that is damaged is down, though its rows can still be counted', async () => {
    makeKnowledgeBase({ facts: 2_000, pad: 100 }).close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 8 * 4096, 12 * 4096);
    writeFileSync(path, bytes);
    await using target = openTarget({ ...kb, path });
    const { finding, values } = await target.look();
    expect(finding).toMatchObject({ state: 'down', kind: 'damaged' });
    expect(values['sqlite_target_quick_check_ok{target="x"}']).toBe(0);
    expect(values['target_up{target="x",kind="sqlite"}']).toBe(0);
    // Repaired, that is replaced by a sound file: the old verdict goes with the old file.
    makeKnowledgeBase({ facts: 7, at: `${path}.repaired` }).close();
    renameSync(`${path}.repaired`, path);
    await target.look();
    const repaired = await target.look();
    expect(repaired.finding.state).toBe('up');
    expect(repaired.values['sqlite_target_quick_check_ok{target="x"}']).toBe(1);
  });

  it('that is damaged and replaced while nobody looks is judged anew, not by what is remembered', async () => {
    makeKnowledgeBase({ facts: 2_000, pad: 100 }).close();
    const sound = readFileSync(path);
    writeFileSync(path, Buffer.from(sound).fill(0x5a, 8 * 4096, 12 * 4096));
    const memoryPath = join(folder, 'memory', 'targets.json');
    {
      await using target = openTarget({ ...kb, path }, { memoryPath });
      expect((await target.look()).finding).toMatchObject({ kind: 'damaged' });
    }
    writeFileSync(`${path}.repaired`, sound);
    renameSync(`${path}.repaired`, path);
    await using target = openTarget({ ...kb, path }, { memoryPath });
    expect((await target.look()).finding).toMatchObject({ state: 'up' });
  });

  it('that is locked by its owner is unknown, not fine and not down', async () => {
    // Too large to be read aside, so that it has to be opened.
    const owner = makeKnowledgeBase({ facts: 9_000, pad: 2_000 });
    owner.exec('BEGIN EXCLUSIVE');
    owner.exec("INSERT INTO facts (statement) VALUES ('x')");
    await using target = openTarget({ ...kb, path });
    const { finding, values } = await target.look();
    expect(finding.state).toBe('unknown');
    expect(values).not.toHaveProperty('target_up{target="x",kind="sqlite"}');
    owner.exec('COMMIT');
    owner.close();
  });

  it('tells how long a lock stood in its way', async () => {
    // Quiet for long and too large to be read aside, so that it is opened.
    const owner = makeKnowledgeBase({ facts: 9_000, pad: 2_000 });
    utimesSync(path, 0, 0);
    await using target = openTarget({ ...kb, path });
    const wait = 'sqlite_target_lock_wait_seconds{target="x"}';
    expect((await target.look()).values[wait]).toBe(0);
    owner.exec('BEGIN EXCLUSIVE');
    const { finding, values } = await target.look();
    expect(finding).toMatchObject({ state: 'unknown', kind: 'locked' });
    expect(values[wait]).toBeGreaterThan(0);
    expect(values['sqlite_target_errors_total{target="x",error="SQLITE_BUSY"}']).toBe(1);
    owner.exec('ROLLBACK');
    owner.close();
  });

  it('comes and goes as a state, never as a crash', async () => {
    await using target = openTarget({ ...kb, path });
    expect((await target.look()).finding).toMatchObject({ state: 'down', kind: 'missing' });
    makeKnowledgeBase().close();
    expect((await target.look()).finding).toMatchObject({ state: 'up' });
  });
});

describe('a path that is no database', () => {
  it.each([
    ['a folder', 'not-a-file', () => mkdirSync(path)],
    ['an empty file', 'empty', () => writeFileSync(path, '')],
    ['a text', 'not-sqlite', () => writeFileSync(path, 'hello world\n'.repeat(200))],
    ['a short file', 'not-sqlite', () => writeFileSync(path, 'SQLite format 3\0')],
    ['noise', 'encrypted', () => writeFileSync(path, noise(8192))],
    ['a pipe', 'not-a-file', () => execFileSync('mkfifo', [path])],
  ] as const)('%s is told as what it is', async (_, kind, make) => {
    make();
    await using target = openTarget({ ...kb, path });
    const { finding } = await target.look();
    expect(finding).toMatchObject({ state: 'down', kind });
    expect(finding.message).toContain(path);
  });

  it('a device is told as what it is', async () => {
    await using target = openTarget({ ...kb, path: '/dev/zero' });
    expect((await target.look()).finding).toMatchObject({ state: 'down', kind: 'not-a-file' });
  });

  it('a file without permission is told as such', async (context) => {
    if (process.getuid?.() === 0) context.skip('root may read everything');
    makeKnowledgeBase().close();
    chmodSync(path, 0);
    await using target = openTarget({ ...kb, path });
    expect((await target.look()).finding).toMatchObject({ state: 'down', kind: 'unreadable' });
  });
});

describe('a query of the user', () => {
  const question = { tables: ['facts'], expected: [], mayRunForeignSql: false };
  it('is timed', async () => {
    makeKnowledgeBase().close();
    await using target = openTarget({ kind: 'sqlite', path, query: "SELECT * FROM facts WHERE statement LIKE '%1%'" });
    expect((await target.look()).finding.state).toBe('up');
  });

  it('that writes is refused', async () => {
    makeKnowledgeBase().close();
    await using target = openTarget({ kind: 'sqlite', path, query: 'DELETE FROM facts' });
    expect((await target.look()).finding).toMatchObject({ state: 'wrong', kind: 'query-failed' });
    const database = new Database(path, { readonly: true });
    expect(database.prepare('SELECT count(*) FROM facts').pluck().get()).toBe(42);
    database.close();
  });

  const endless = 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)';
  it.each([
    ['a recursion', `${endless} SELECT max(x) FROM c`],
    ['a recursion that yields rows first', `${endless} SELECT x FROM c WHERE x < 3`],
    ['a cross join', 'SELECT count(*) FROM facts a, facts b, facts c, facts d WHERE a.id * b.id * c.id * d.id = 0.5'],
    ['an endless sub-query', `SELECT 1 WHERE EXISTS (${endless} SELECT x FROM c WHERE x < 0)`],
  ])('without an end (%s) is stopped, process and all, and holds up nothing else', async (_, query) => {
    makeKnowledgeBase({ facts: 400 }).close();
    const more = { timeoutSeconds: 0.2, quickCheck: { isEnabled: false } };
    await using target = openTarget({ kind: 'sqlite', path, query, ...more });
    const looks = [target.look(), target.deps.probes.run('other', 'sqlite', { ...question, path }, 30_000)] as const;
    const [{ finding }, other] = await Promise.all(looks);
    expect(finding).toMatchObject({ state: 'unknown', kind: 'timed-out' });
    expect(other).toMatchObject({ state: 'seen', look: { rows: { facts: 400 } } });
    // Its process is gone, so that the same target has its turn again.
    const again = { ...question, path, query: 'SELECT 1', mayRunForeignSql: true };
    const report = await eventually(
      () => target.deps.foreignSql.run('x', 'sqlite', again, 30_000).catch(() => undefined),
      (found) => found !== undefined,
    );
    expect(report).toMatchObject({ state: 'seen' });
  });

  it('that gathers more than fits fails, and the machine keeps its memory', async () => {
    makeKnowledgeBase({ facts: 400 }).close();
    const query = `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 2000)
      SELECT length(group_concat(hex(zeroblob(1000000)))) FROM c`;
    await using target = openTarget({ kind: 'sqlite', path, query, quickCheck: { isEnabled: false } });
    expect((await target.look()).finding).toMatchObject({ state: 'wrong', kind: 'query-failed' });
  });

  it('in a view of the database counts as the user’s own', async () => {
    const database = makeKnowledgeBase({ facts: 400 });
    database.exec(`CREATE VIEW endless AS ${endless} SELECT x FROM c; CREATE VIEW few AS SELECT * FROM facts LIMIT 3`);
    database.close();
    const more = { timeoutSeconds: 0.5, quickCheck: { isEnabled: false } };
    await using target = openTarget({ kind: 'sqlite', path, tables: ['few', 'facts'], ...more });
    const { values } = await target.look();
    expect(values['sqlite_target_rows{target="x",table="few"}']).toBe(3);
    await using hostile = openTarget({ kind: 'sqlite', path, tables: ['endless'], ...more });
    expect((await hostile.look()).finding).toMatchObject({ state: 'unknown', kind: 'timed-out' });
  });
});

describe('a check of the whole file', () => {
  it('that would take too long is not begun, and its verdict is unknown', async () => {
    makeKnowledgeBase({ facts: 30_000, pad: 2_000 }).close();
    utimesSync(path, 0, 0);
    await using target = openTarget({ ...kb, path, quickCheck: { mostSeconds: 1 } });
    const { finding, values } = await target.look();
    expect(finding).toMatchObject({ state: 'up' });
    expect(finding.facts.find(({ name }) => name === 'quick-check')?.value).toContain('A check would take up to');
    expect(values).not.toHaveProperty('sqlite_target_quick_check_ok{target="x"}');
    expect(values['sqlite_target_file_bytes{target="x"}']).toBeGreaterThan(50 * 1_048_576);
  });

  it('keeps its verdict and age over a restart', async () => {
    makeKnowledgeBase().close();
    const memoryPath = join(folder, 'memory', 'targets.json');
    const at = Date.UTC(2026, 0, 1);
    {
      await using target = openTarget({ ...kb, path }, { memoryPath });
      await target.look(at);
    }
    await using target = openTarget({ ...kb, path }, { memoryPath });
    expect((await target.look(at + 3_600_000)).values).toMatchObject({
      'sqlite_target_quick_check_ok{target="x"}': 1,
      'sqlite_target_quick_check_age_seconds{target="x"}': 3_600,
    });
  });
});

describe.each(['wal', 'delete'] as const)('a database under constant writes (%s)', (journal) => {
  const seconds = process.env.HAKGAL_LONG === undefined ? 4 : 180;
  it(
    `never has its owner meet SQLITE_BUSY in ${seconds} s of looking without pause`,
    async () => {
      makeKnowledgeBase({ journal }).close();
      const script = `const D = require('better-sqlite3'); const db = new D(${JSON.stringify(path)}, { timeout: 0 });
      const insert = db.prepare('INSERT INTO facts (statement) VALUES (?)'); let writes = 0, busy = 0;
      const end = Date.now() + ${seconds * 1000};
      const turn = () => { for (let i = 0; i < 20; i += 1) { try { insert.run('x'.repeat(50)); writes += 1; } catch (error) { if (/BUSY|LOCKED/.test(error.code)) busy += 1; else throw error; } }
        if (Date.now() < end) setTimeout(turn, 1); else { db.close(); console.log(JSON.stringify({ writes, busy })); } }; console.log('{}'); turn();`;
      const owner = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
      let output = '';
      owner.stdout?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
      const ended = new Promise((resolve) => owner.once('exit', resolve));
      await new Promise((resolve) => owner.stdout?.once('data', resolve));
      await using target = openTarget({ ...kb, path, quickCheck: { everyHours: 1 } });
      let looks = 0;
      while (owner.exitCode === null) {
        const { finding } = await target.look();
        expect(['up', 'unknown']).toContain(finding.state);
        looks += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await ended;
      const { writes, busy } = JSON.parse(output.trim().split('\n').at(-1) ?? '');
      expect(busy).toBe(0);
      expect(writes).toBeGreaterThan(100);
      expect(looks).toBeGreaterThan(10);
    },
    (seconds + 30) * 1_000,
  );
});

/** Bytes without a pattern, the same each time. */
function noise(length: number): Buffer {
  let state = 12_345;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 24;
    }),
  );
}
