/**
 * A database with destroyed pages, watched by the user: the plan, a dry run that tells what is lost and why, the same
 * in earnest, and back.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { rootPageOf } from '../../doctor/support/make-database.ts';
import type { Story } from './stage.ts';

const pageSize = 4096;

export const salvageInSteps: Story = {
  title: 'a destroyed database: dry run with its loss report, repaired with doubtful rows, taken back',
  async play(stage) {
    const file = join(stage.dataDir, 'archive.db');
    const { isDestroyed } = makeArchive(file);
    const original = sha256(file);

    const page = await stage.open('/databases');
    await page.getByRole('button', { name: 'Watch a database' }).click();
    const editor = page.getByRole('dialog', { name: 'Watch a database' });
    await editor.getByLabel('Name').fill('Archive');
    await editor.getByLabel('File').fill(file);
    await editor.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Archive', exact: true }).click();
    await page.getByRole('heading', { name: 'Archive', level: 2 }).waitFor();

    await page.getByRole('button', { name: 'Examine', exact: true }).click();
    const mixIn = page.getByLabel('Also put doubtful rows into their tables');
    await mixIn.waitFor();
    // The plan is this database's alone, and still there when one comes back.
    const [, here] = page.url().split('#') as [string, string];
    await stage.open('/databases/sample-knowledge-base');
    await page.getByRole('heading', { name: 'Sample knowledge base', level: 2 }).waitFor();
    expect(await mixIn.count()).toBe(0);
    await stage.open(here);
    await mixIn.check();
    expect(await page.getByText('No repair is known for').count()).toBe(0);
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.getByRole('region', { name: 'After' }).getByText('Healthy').waitFor({ timeout: 60_000 });
    await page.getByText(/^Doubtful rows, kept in hakgal_doubtful_facts: .*that an index contradicts/).waitFor();
    expect(sha256(file)).toBe(original);

    await page.getByRole('button', { name: 'Repair', exact: true }).click();
    await page.getByRole('button', { name: 'Undo the repair' }).waitFor({ timeout: 60_000 });
    const database = new Database(file, { readonly: true });
    const ids = database.prepare('SELECT id FROM facts ORDER BY id').pluck().all() as number[];
    const renamed = database.prepare("SELECT id FROM facts WHERE source = 'gource-7'").pluck().all();
    database.close();
    expect(ids).toEqual(allIds.filter((id) => !isDestroyed(id)));
    expect(renamed).toHaveLength(1);

    await page.getByRole('button', { name: 'Undo the repair' }).click();
    await page.getByText('The original is restored, byte for byte').waitFor({ timeout: 60_000 });
    expect(sha256(file)).toBe(original);
  },
};

const allIds = Array.from({ length: 3_000 }, (_, index) => index + 1);

/** The root page and one page of rows are zeros, and one value has another letter than its index knows. */
function makeArchive(file: string): { readonly isDestroyed: (id: number) => boolean } {
  const database = new Database(file);
  database.exec('CREATE TABLE facts (id INTEGER PRIMARY KEY, statement TEXT NOT NULL, source TEXT)');
  database.exec('CREATE INDEX facts_by_source ON facts (source)');
  const insert = database.prepare('INSERT INTO facts (statement, source) VALUES (?, ?)');
  database.transaction(() => {
    for (const id of allIds) insert.run(`fact number ${id} ${'.'.repeat(80)}`, `source-${id % 50}`);
  })();
  const leaves = database
    .prepare("SELECT pageno FROM dbstat WHERE name = 'facts' AND pagetype = 'leaf' ORDER BY path")
    .pluck()
    .all() as number[];
  database.close();
  const bytes = readFileSync(file);
  const pageAt = (leaf: number): Buffer =>
    bytes.subarray(((leaves[leaf] as number) - 1) * pageSize).subarray(0, pageSize);
  const destroyed = new Set(
    [
      ...pageAt(3)
        .toString('latin1')
        .matchAll(/fact number (\d+) /g),
    ].map(([, id]) => Number(id)),
  );
  pageAt(3).fill(0);
  pageAt(10).write('g', pageAt(10).indexOf('source-7'));
  bytes.fill(0, (rootPageOf(file, 'facts') - 1) * pageSize, rootPageOf(file, 'facts') * pageSize);
  writeFileSync(file, bytes);
  return { isDestroyed: (id) => destroyed.has(id) };
}

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
