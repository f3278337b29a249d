/**
 * Hundreds of tables are looked at and salvaged like one. How long it takes is printed by `npm run bench -- salvage`.
 */
import { expect, it } from 'vitest';
import { harmDesk } from './harm-desk.ts';

const desk = harmDesk();
const tables = 400;

it('gives every table its rows back where the page of one is gone, and says which row is missing', async () => {
  desk.make((db) => {
    for (let table = 0; table < tables; table += 1) {
      db.exec(`CREATE TABLE t${table}(id INTEGER PRIMARY KEY, v TEXT); CREATE INDEX i${table} ON t${table}(v)`);
      db.prepare(`INSERT INTO t${table} VALUES (1, ?)`).run(`v${table}`);
    }
  }, 1024);
  const page = desk.rootOf('t200');
  desk.damage((bytes) => bytes.fill(0, (page - 1) * 1024, page * 1024));
  const { loss } = await desk.repair();
  expect(loss.filter(({ certain }) => certain === 1)).toHaveLength(tables - 1);
  expect(loss.find(({ table }) => table === 't200')).toMatchObject({ certain: 0, missingAtLeast: 1 });
  expect((await desk.examine()).verdict).toBe('healthy');
  expect(desk.schema()).toHaveLength(2 * tables);
});
