/** A full-text table whose own tables no longer agree keeps every text that is left. */
import { expect, it } from 'vitest';
import { harmDesk } from './harm-desk.ts';

const desk = harmDesk();
const texts = 400;
const count = (sql: string): number => desk.ask(sql).length;

function make(module: string, columns: string): void {
  desk.make((db) => {
    db.exec(`CREATE VIRTUAL TABLE docs USING ${module}(${columns})`);
    const insert = db.prepare(`INSERT INTO docs(rowid, body) VALUES (?, ?)`);
    for (let id = 1; id <= texts; id += 1) insert.run(id, `alpha${id} beta gamma ${'w'.repeat(60)}`);
  });
}

it.each([
  ['fts5', 'body', ['docs_data', 'docs_idx']],
  ['fts5', 'body, title UNINDEXED', ['docs_idx', 'docs_docsize']],
  ['fts4', 'body, title', ['docs_segments', 'docs_segdir']],
])('%s with %s is filled again from its texts where %s are gone from the schema', async (module, columns, gone) => {
  make(module, columns);
  desk.rewriteSchema(`DELETE FROM sqlite_schema WHERE tbl_name IN (${gone.map((name) => `'${name}'`).join(', ')})`);
  await desk.repair();
  expect(count('SELECT 1 FROM docs')).toBe(texts);
  expect(count("SELECT 1 FROM docs WHERE docs MATCH 'alpha123'")).toBe(1);
  expect((await desk.examine()).verdict).toBe('healthy');
});

it('counts the texts of a page that is gone by what the table of sizes names', async () => {
  make('fts5', 'body');
  const page = desk.leavesOf('docs_content')[2] as number;
  desk.damage((bytes) => bytes.fill(0, (page - 1) * 4096, page * 4096));
  const { loss } = await desk.repair();
  const content = loss.find(({ table }) => table === 'docs_content');
  const missing = texts - (content?.certain ?? 0);
  expect(content).toMatchObject({ missingAtLeast: missing });
  expect(missing).toBeGreaterThan(10);
});
