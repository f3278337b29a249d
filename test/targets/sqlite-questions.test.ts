/** What a watched database is asked: queries of the user, the check of the whole file, looks while others write. */
import { spawn } from 'node:child_process';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/headless.ts';
import { openTarget } from '../support/target.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { knowledgeBase, type Wanted } from './support/knowledge-base.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'hexagonal_kb.db');
});

const makeKnowledgeBase = (wanted: Partial<Wanted> = {}): Database.Database => knowledgeBase({ at: path, ...wanted });
const kb = { kind: 'sqlite', profile: 'hakgal' } as const;

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
    await using target = openTarget({ ...kb, path, quickCheck: { maxSeconds: 1 } });
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
      await using target = openTarget({ ...kb, path, quickCheck: { intervalHours: 1 } });
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
