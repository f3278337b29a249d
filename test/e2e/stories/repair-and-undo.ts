/** The demo's knowledge base lacks `audit_log`: repaired in the wizard, and taken back byte for byte. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { eventually } from '../../support/headless.ts';
import type { Story } from './stage.ts';

const sampleFacts = 4_242;

export const repairAndUndo: Story = {
  title: "the demo's damaged knowledge base repaired in the wizard, and the repair taken back",
  async play(stage) {
    const file = join(stage.dataDir, 'demo', 'hexagonal_kb.db');
    const original = await settled(file);
    expect(tablesOf(file)).toEqual({ facts: sampleFacts });

    const page = await stage.open('/databases/sample-knowledge-base');
    await page.getByRole('button', { name: 'Examine', exact: true }).click();
    await page.getByText('Table audit_log is missing').first().waitFor();
    await page.getByRole('button', { name: 'Repair', exact: true }).click();
    await page.getByRole('region', { name: 'After' }).getByText('Healthy').waitFor({ timeout: 60_000 });
    await page.getByRole('row', { name: /facts/ }).waitFor();
    // The application's writes succeed from now on: each new fact with its row in the table that was missing.
    const { facts, audit_log: audited = 0 } = await eventually(
      async () => tablesOf(file),
      (tables) => (tables.audit_log ?? 0) > 0,
      60_000,
    );
    expect(facts).toBe(sampleFacts + audited);

    await page.getByRole('button', { name: 'Undo the repair' }).click();
    // What it has written meanwhile would be lost: the doctor asks first.
    await page.getByRole('button', { name: 'Undo anyway' }).click({ timeout: 60_000 });
    await page.getByText('The original is restored, byte for byte').waitFor({ timeout: 60_000 });
    expect(sha256(file)).toBe(original);
    expect(tablesOf(file)).toEqual({ facts: sampleFacts });
  },
};

/**
 * Waits until the application has made its sample and all of it lies in the file; without `audit_log` it adds nothing.
 * @returns SHA-256
 */
async function settled(file: string): Promise<string> {
  await eventually(
    async () => existsSync(file) && tablesOf(file).facts === sampleFacts && isCheckpointed(file),
    (isSettled) => isSettled,
  );
  return sha256(file);
}

function isCheckpointed(file: string): boolean {
  const database = new Database(file, { fileMustExist: true });
  try {
    return database.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
  } finally {
    database.close();
  }
}

/** Rows by table, all of one moment. */
function tablesOf(file: string): Readonly<Record<string, number>> {
  const database = new Database(file, { readonly: true });
  try {
    return database.transaction(() => {
      const names = database
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .pluck()
        .all() as string[];
      return Object.fromEntries(
        names.map((name) => [name, database.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number]),
      );
    })();
  } finally {
    database.close();
  }
}

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
