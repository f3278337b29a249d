/** One accident is told once, with what follows from it below. */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { describeExamination } from '../../../src-main/command-line/doctor-text.ts';
import { groupFindings } from '../../../src-main/doctor/examine/group-findings.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { contextIn, look, repair } from '../support/flow-for-test.ts';
import { makeKnowledgeBase } from '../support/make-database.ts';

const pageSize = 4096;

function pagesOf(path: string, name: string): number[] {
  const database = new Database(path, { readonly: true });
  try {
    return database
      .prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno")
      .pluck()
      .all(name) as number[];
  } finally {
    database.close();
  }
}

function hurt(path: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(path);
  change(bytes);
  writeFileSync(path, bytes);
}

const accidents: Readonly<Record<string, readonly [cause: string, hurt: (path: string) => void]>> = {
  'a page of a table overwritten with zeros': [
    'table-damaged',
    (path) => {
      const page = pagesOf(path, 'facts')[2] as number;
      hurt(path, (bytes) => bytes.fill(0, (page - 1) * pageSize, page * pageSize));
    },
  ],
  'a page of a table overwritten with other bytes': [
    'table-damaged',
    (path) => {
      const page = pagesOf(path, 'facts')[3] as number;
      hurt(path, (bytes) => bytes.fill('garbage!', (page - 1) * pageSize, page * pageSize));
    },
  ],
  'a page of an index overwritten': [
    'index-damaged',
    (path) => {
      const page = pagesOf(path, 'facts_by_statement')[2] as number;
      hurt(path, (bytes) => bytes.fill(0xff, (page - 1) * pageSize, page * pageSize));
    },
  ],
  'the first page overwritten': ['first-page-destroyed', (path) => hurt(path, (bytes) => bytes.fill(0, 0, pageSize))],
  'the header overwritten': ['header-wrong', (path) => hurt(path, (bytes) => bytes.fill(0xff, 0, 60))],
  'the end cut off': ['truncated', (path) => truncateSync(path, pageSize * 20)],
};

describe.each(Object.entries(accidents))('%s', (_, [cause, hurtIt]) => {
  it('is one critical finding, and the rest are its consequences', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 2_000 });
    hurtIt(file);
    const examination = await look(contextIn(folder), file);
    const { findings, verdict } = examination;
    expect(verdict).toBe('damaged');
    expect(findings.filter(({ severity }) => severity === 'critical').map(({ kind }) => kind)).toEqual([cause]);
    expect(findings[0]?.kind).toBe(cause);
    for (const one of findings.slice(1)) if (one.severity === 'info') expect(one.isConsequence, one.kind).toBe(true);
    expect(
      describeExamination(examination)
        .split('\n')
        .filter((line) => line.includes('✗')),
    ).toHaveLength(1);
    const outcome = await repair(contextIn(folder), file);
    expect(outcome).toMatchObject({ ok: true, value: { after: { verdict: 'healthy' } } });
  });
});

describe('two accidents', () => {
  it('stay two', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 2_000 });
    const [table, index] = [pagesOf(file, 'facts')[2] as number, pagesOf(file, 'facts_by_source')[1] as number];
    hurt(file, (bytes) => {
      bytes.fill(0, (table - 1) * pageSize, table * pageSize);
      bytes.fill(0, (index - 1) * pageSize, index * pageSize);
    });
    const { findings } = await look(contextIn(folder), file);
    const critical = findings.filter(({ severity }) => severity === 'critical').map(({ kind }) => kind);
    expect(critical.sort()).toEqual(['index-damaged', 'table-damaged']);
  });

  it('in two tables keep their own consequences', () => {
    const one = (kind: 'table-damaged' | 'index-disagrees', table: string) =>
      ({ kind, check: 'x', severity: 'critical', place: { table }, message: '' }) as const;
    const grouped = groupFindings(
      [one('table-damaged', 'a'), one('table-damaged', 'b'), one('index-disagrees', 'b'), one('index-disagrees', 'c')],
      true,
    );
    expect(grouped.map(({ place, isConsequence }) => [place.table, isConsequence ?? false])).toEqual([
      ['a', false],
      ['b', false],
      ['b', true],
      ['c', false],
    ]);
  });
});

describe('words', () => {
  it('of a virtual table that is whole do not call it unreadable', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    const database = new Database(file);
    database.exec(
      "CREATE VIRTUAL TABLE f USING fts5(a); INSERT INTO f VALUES ('x'); CREATE VIRTUAL TABLE r USING rtree(id, a, b)",
    );
    database.close();
    const examination = await look(contextIn(folder), file);
    expect(examination.verdict).toBe('healthy');
    expect(describeExamination(examination)).not.toContain('unreadable');
  });

  it('never name the copies that the doctor works on', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 't.db');
    for (const bytes of [
      Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(9_000, 65)]),
      Buffer.alloc(20_000, 7),
    ]) {
      writeFileSync(file, bytes);
      const outcome = await repair(contextIn(folder), file);
      expect(outcome.ok).toBe(false);
      expect(JSON.stringify(outcome)).not.toMatch(/operations|\.hakgal-|original"/);
    }
  });
});
