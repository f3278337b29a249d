/**
 * Databases of well-known applications: healthy ones are healthy, damaged ones come back with every text of their
 * schema.
 */
import { describe, expect, it } from 'vitest';
import { type Application, fillApplication, ownNames } from '../../fixtures/applications/application.ts';
import { schemasA } from '../../fixtures/applications/schemas-a.ts';
import { schemasB } from '../../fixtures/applications/schemas-b.ts';
import { harmDesk } from './harm-desk.ts';

const desk = harmDesk();
const size = 1024;
const applications = [...schemasA, ...schemasB];
const isLong = process.env.HAKGAL_LONG === '1';

function make(application: Application): void {
  desk.make((db) => fillApplication(db, application), size);
  // Some pages are free, as they are after weeks of use.
  desk.change((db) => {
    db.exec(
      'CREATE TABLE hakgal_junk(x); INSERT INTO hakgal_junk SELECT randomblob(900) FROM pragma_function_list LIMIT 40',
    );
  });
  desk.change((db) => db.exec('DROP TABLE hakgal_junk'));
  desk.rewriteSchema(...ownNames(application));
}

const pageOf = (name: string): number => {
  const leaves = desk.leavesOf(name);
  return leaves[Math.floor(leaves.length / 2)] as number;
};
const overwrite = (page: number, change: (bytes: Buffer) => void): void =>
  desk.damage((bytes) => change(bytes.subarray((page - 1) * size, page * size)));

const damages: readonly (readonly [string, (application: Application) => void])[] = [
  ['a page of its largest table wiped', ({ largest }) => overwrite(pageOf(largest), (page) => page.fill(0))],
  [
    'a page of its largest table overwritten',
    ({ largest }) => overwrite(pageOf(largest), (page) => page.fill(0x5a, 8)),
  ],
  [
    'a page of its largest table written over another',
    ({ largest }) => {
      const [from, to] = [pageOf(largest), desk.leavesOf(largest)[1] as number];
      desk.damage((bytes) => bytes.copyWithin((to - 1) * size, (from - 1) * size, from * size));
    },
  ],
  [
    'a wrong count of free bytes on a page',
    ({ largest }) => overwrite(pageOf(largest), (page) => page.writeUInt8(99, 7)),
  ],
  ['a page of an index wiped', ({ index }) => overwrite(pageOf(index), (page) => page.fill(0))],
];

describe.each(applications.map((application, number) => ({ ...application, number })))('$name', (application) => {
  it('is healthy when it is whole', async () => {
    make(application);
    const { verdict, findings, checks } = await desk.examine();
    expect(checks.filter(({ state }) => state === 'unknown')).toEqual([]);
    expect(findings.filter(({ severity }) => severity === 'critical').map(({ message }) => message)).toEqual([]);
    expect(verdict).toBe('healthy');
  });

  // All of them in the long run, one in turn else.
  const wanted = damages.filter((_, kind) => isLong || application.number % damages.length === kind);
  it.each(wanted)('with %s is repaired, its schema text for text the same', async (_what, damage) => {
    make(application);
    const schema = desk.schema().sort();
    const rows = desk.countRows(application.largest);
    damage(application);
    expect((await desk.examine()).verdict).toBe('damaged');
    await desk.repair();
    const own = (sql: string): boolean => !/hakgal_(?:doubtful|deleted|lost)/.test(sql);
    expect(desk.schema().filter(own).sort()).toEqual(schema);
    expect((await desk.examine()).verdict).toBe('healthy');
    expect(desk.countRows(application.largest)).toBeGreaterThan(rows * 0.9);
  });
});
