/** What a watched database is shown as: its facts, what is wrong with it, what it is not. */
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
import { openTarget } from '../support/target.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { knowledgeBase, noise, type Wanted } from './support/knowledge-base.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'hexagonal_kb.db');
});

const makeKnowledgeBase = (wanted: Partial<Wanted> = {}): Database.Database => knowledgeBase({ at: path, ...wanted });
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
