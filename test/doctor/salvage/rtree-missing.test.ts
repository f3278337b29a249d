/** The tables of an R-Tree name one another's rows: what is lost of one is counted by the others. */
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { salvageDesk } from './salvage-desk.ts';

const desk = salvageDesk();
const boxes = 3000;

function makeTree(declaration: string, values: (id: number) => readonly number[]): void {
  const sql = `CREATE VIRTUAL TABLE places USING ${declaration}`;
  desk.make(sql, (db) => {
    const row = values(1);
    const insert = db.prepare(`INSERT INTO places VALUES (?${', ?'.repeat(row.length)})`);
    for (let id = 1; id <= boxes; id += 1) insert.run(id, ...values(id));
  });
}

/** Destroys one leaf in the middle; @returns the rowids that were on it. */
function destroyLeaf(table: string, column: string): number {
  const db = new Database(desk.path, { readonly: true });
  const leaf = db
    .prepare("SELECT pageno, ncell FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 2")
    .get(table) as { pageno: number; ncell: number };
  const all = db.prepare(`SELECT count(${column}) FROM ${table}`).pluck().get() as number;
  db.close();
  expect(all).toBeGreaterThan(leaf.ncell);
  desk.damage((bytes) => bytes.fill(0x5a, (leaf.pageno - 1) * 4096, leaf.pageno * 4096));
  return leaf.ncell;
}

const missingOf = async (table: string) => {
  const report = await desk.run();
  return report.tables.find((one) => one.table === table)?.missing;
};

describe.each([
  ['one dimension', 'rtree(id, x0, x1)', (id: number) => [id, id + 1]],
  ['two dimensions', 'rtree(id, x0, x1, y0, y1)', (id: number) => [id, id + 1, -id, 5]],
  ['three dimensions of whole numbers', 'rtree_i32(id, x0, x1, y0, y1, z0, z1)', (id: number) => [id, id, 0, id, 1, 2]],
] as const)('an R-Tree of %s', (_, declaration, values) => {
  it('misses the boxes that its nodes hold', async () => {
    makeTree(declaration, values);
    const lost = destroyLeaf('places_rowid', 'rowid');
    expect(await missingOf('places_rowid')).toMatchObject({ atLeast: lost });
  });

  it('misses the nodes that its boxes name', async () => {
    makeTree(declaration, values);
    const lost = destroyLeaf('places_node', 'nodeno');
    expect(await missingOf('places_node')).toMatchObject({ atLeast: lost });
  });
});
