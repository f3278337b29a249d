/** What is decided without a file: messages, locks, limits, progress. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src-main/contract/doctor/examination.ts';
import { doctorSettingsSchema } from '../../src-main/contract/settings/doctor.ts';
import { isBackupDue } from '../../src-main/doctor/backups/schedule.ts';
import { type Differences, findContradictions } from '../../src-main/doctor/examine/contradictions.ts';
import { nothingExpected } from '../../src-main/doctor/examine/expected.ts';
import { sortMessages } from '../../src-main/doctor/examine/integrity-messages.ts';
import type { Operation } from '../../src-main/doctor/flow/operation/operation.ts';
import { expiredOf } from '../../src-main/doctor/flow/operation/retention.ts';
import { parseLocks } from '../../src-main/doctor/holders/linux.ts';
import { parseLsof } from '../../src-main/doctor/holders/mac.ts';
import { progressOf } from '../../src-main/doctor/jobs/progress.ts';
import { planRepairs } from '../../src-main/doctor/plan.ts';
import type { Situation } from '../../src-main/doctor/repairs/repair.ts';

describe('what SQLite says about damage', () => {
  const owners = new Map([
    [2, { type: 'table', name: 'facts', table: 'facts' }],
    [4, { type: 'index', name: 'by_source', table: 'facts' }],
  ] as const);
  it.each([
    ['Tree 2 page 7: btreeInitPage() returns error code 11', 'table-damaged', { table: 'facts', page: 7 }],
    [
      '*** in database main ***\nTree 4 page 9 cell 3: Rowid 5 out of order',
      'index-damaged',
      { index: 'by_source', page: 9 },
    ],
    ['Tree 1 page 1: free space corruption', 'table-damaged', { page: 1 }],
    ['row 12 missing from index by_source', 'index-disagrees', { index: 'by_source', rowid: 12 }],
    ['wrong # of entries in index by_source', 'index-disagrees', { index: 'by_source' }],
    ['non-unique entry in index by "odd" name', 'duplicate-key', { index: 'by "odd" name' }],
    ['NULL value in facts.statement', 'constraint-violated', { table: 'facts', column: 'statement' }],
    ['CHECK constraint failed in facts', 'constraint-violated', { table: 'facts' }],
    ['malformed inverted index for FTS5 table main.search', 'full-text-damaged', { table: 'search' }],
    ['Freelist: freelist leaf count too big on page 8', 'free-list-damaged', {}],
    ['Page 31: never used', 'pages-unused', { page: 31 }],
    ['Page 31 is never used', 'pages-unused', { page: 31 }],
    ['something that no version has said yet', 'structure-damaged', {}],
  ])('%j is sorted as %s', (message, kind, place) => {
    expect(sortMessages([message], 'structure', owners)).toMatchObject([{ kind, place, check: 'structure' }]);
  });

  it('says the same thing once, with its count', () => {
    const messages = ['Page 3: never used\nPage 4: never used', 'ok', 'Page 5: never used'];
    expect(sortMessages(messages, 'structure', owners)).toMatchObject([{ kind: 'pages-unused', count: 3 }]);
  });
});

describe('what indexes say about rows', () => {
  const differences = (entries: readonly string[], rows: readonly string[]): Differences => ({
    entries: new Set(entries),
    rows: new Set(rows),
  });
  const agrees = differences([], []);
  it.each([
    ['a row that its only index lacks is in question', [differences([], ['7'])], { rows: ['7'], missing: [] }],
    ['a row that one of two indexes knows is not', [differences([], ['7']), agrees], { rows: [], missing: [] }],
    ['a row that both lack is', [differences([], ['7']), differences([], ['7'])], { rows: ['7'], missing: [] }],
    ['another value in one index is enough', [differences(['7'], ['7']), agrees], { rows: ['7'], missing: [] }],
    [
      'an entry of the only index without a row is a missing row',
      [differences(['7'], [])],
      { rows: [], missing: ['7'] },
    ],
    [
      'an entry that the other index lacks is its own fault',
      [differences(['7'], []), agrees],
      { rows: [], missing: [] },
    ],
    ['without an index that can be asked nothing is said', [], { rows: [], missing: [] }],
  ])('%s', (_, all, expected) => {
    expect(findContradictions(all)).toEqual(expected);
  });
});

describe('what takes the place of reading the tables', () => {
  const finding = (kind: string, severity = 'critical'): Finding =>
    ({ kind, check: 'structure', severity, place: {}, message: '' }) as Finding;
  const planned = (findings: readonly Finding[], tried: readonly string[] = []): string[] => {
    const facts = { header: { hasMagic: true, pageSize: 4096 }, sizeBytes: 4096, files: { sizes: { '': 4096 } } };
    const situation = {
      facts,
      examination: { findings },
      expected: nothingExpected,
      backup: null,
      tried: new Set(tried),
    };
    return planRepairs(situation as unknown as Situation).map(({ repair }) => repair.id);
  };
  const beside = [finding('pages-unused', 'warning'), finding('index-disagrees')];

  it('is nothing while the damage lies beside the rows', () => {
    expect(planned(beside)).toEqual(['rebuild-by-reading']);
  });
  it('is salvage where they could not be read to the end', () => {
    expect(planned(beside, ['rebuild-by-reading'])).toEqual(['salvage-rows']);
  });
  it('is salvage where they hold what their declaration forbids', () => {
    expect(planned([...beside, finding('constraint-violated', 'warning')])).toEqual(['salvage-rows']);
    expect(planned([finding('constraint-violated', 'warning')])).toEqual([]);
  });
});

describe('who holds a file', () => {
  it('is read from the locks of Linux, waiting ones left out', () => {
    const text =
      '1: POSIX  ADVISORY  WRITE 4242 fd:02:1311 1073741824 1073742335\n' +
      '1: -> POSIX  ADVISORY  WRITE 4243 fd:02:1311 0 EOF\n' +
      '2: FLOCK  ADVISORY  READ 77 08:01:99 0 EOF\n3: LEASE ACTIVE READ 5 08:01:4 0 EOF\n';
    expect(parseLocks(text)).toEqual([
      { pid: 4242, isWrite: true, major: 0xfd, minor: 2, ino: 1311 },
      { pid: 77, isWrite: false, major: 8, minor: 1, ino: 99 },
    ]);
  });

  it('is read from lsof on macOS, ourselves left out', () => {
    const text =
      'p501\ncHAKGAL\nf20\nar\nl \nn/Users/a/kb.db\np777\ncPython\nf5\nau\nlW\nn/Users/a/kb.db\nf6\nau\nl \nn/Users/a/kb.db-wal\n';
    expect(parseLsof(text, 501)).toEqual([
      { pid: 777, name: 'Python', files: ['/Users/a/kb.db', '/Users/a/kb.db-wal'], isWriting: true },
    ]);
  });
});

describe('originals of old repairs', () => {
  const day = 86_400_000;
  const operation = (id: string, file: string, at: number, megabytes: number): Operation =>
    ({
      id,
      file,
      at,
      folder: id,
      originals: { '': { sha256: '', bytes: megabytes * 1_048_576 } },
    }) as unknown as Operation;
  const limits = { keepDays: 30, maxMegabytes: 100 };

  it('go after their days, except the newest of each database', () => {
    const operations = [operation('1', 'a', 0, 1), operation('2', 'b', day, 1), operation('3', 'a', 2 * day, 1)];
    expect(expiredOf(operations, limits, 100 * day).map(({ id }) => id)).toEqual(['1']);
  });

  it('go oldest first when they take too much room', () => {
    const operations = [1, 2, 3, 4].map((number) => operation(String(number), 'a', 90 * day, 40));
    expect(expiredOf(operations, limits, 100 * day).map(({ id }) => id)).toEqual(['1', '2']);
  });
});

describe('a backup', () => {
  const { backups } = doctorSettingsSchema.parse({});
  const hour = 3_600_000;
  it.each([
    ['when there is none', null, null, true],
    ['not before its time', 80 * hour, null, false],
    ['after its time', 70 * hour, null, true],
    ['not right after a failure', 70 * hour, 99.5 * hour, false],
    ['again an hour after a failure', 70 * hour, 98 * hour, true],
  ])('is due %s', (_, newest, failed, isDue) => {
    expect(isBackupDue(backups, 1_000, newest, failed, 100 * hour)).toBe(isDue);
  });
  it('is not made of a database that is too large, nor when switched off', () => {
    expect(isBackupDue(backups, 3_000 * 1_048_576, null, null, 0)).toBe(false);
    expect(isBackupDue({ ...backups, isEnabled: false }, 1, null, null, 0)).toBe(false);
  });
});

describe('the time left', () => {
  const start = { phase: 'wait', percent: 0, leftMs: null } as const;
  it('is not guessed from too little', () => {
    expect(progressOf('repair', start, 'copy', 0.05, undefined, 100)).toMatchObject({ percent: 1, leftMs: null });
  });
  it('follows from what is done', () => {
    expect(progressOf('repair', start, 'copy', 1, undefined, 2_000)).toMatchObject({ percent: 20, leftMs: 8_000 });
  });
  it('never goes back', () => {
    const later = { phase: 'verify', percent: 85, leftMs: null } as const;
    expect(progressOf('repair', later, 'examine', 0, 'structure', 1)).toMatchObject({ percent: 85, step: 'structure' });
  });
});
