/** A plan says what it is expected to give back before anything is written, and is not far off. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { RepairPlan } from '../../../src-main/contract/doctor/plan.ts';
import { examineSchema } from '../../../src-main/contract/doctor/requests.ts';
import { hakgalProfile } from '../../../src-main/contract/profile.ts';
import { planForDatabase } from '../../../src-main/doctor/examine-database.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { contextIn, repair } from '../support/flow-for-test.ts';
import { count, leaveLog, makeKnowledgeBase, sums } from '../support/make-database.ts';

async function planOf(folder: string, file: string, hasProfile = false): Promise<RepairPlan> {
  const input = { ...examineSchema.parse({ file }), profile: hasProfile ? hakgalProfile : null };
  const plan = await planForDatabase(input, contextIn(folder));
  if (!plan.ok) throw new Error(plan.failure.message);
  return plan.value;
}

function zeroLeaves(path: string, name: string, leaves: number): void {
  const database = new Database(path, { readonly: true });
  const pages = database
    .prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno LIMIT ? OFFSET 3")
    .pluck()
    .all(name, leaves) as number[];
  database.close();
  const bytes = readFileSync(path);
  for (const page of pages) bytes.fill(0, (page - 1) * 4096, page * 4096);
  writeFileSync(path, bytes);
}

describe('what is expected', () => {
  it('of a missing table: all rows stay and it is added, empty', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { without: ['audit_log'], rows: 700 });
    const { expectation } = await planOf(folder, file, true);
    expect(expectation).toContainEqual({ table: 'facts', rowsNow: 700, rowsAfter: 700, isEstimate: false });
    expect(expectation).toContainEqual({ table: 'audit_log', rowsNow: null, rowsAfter: 0, isEstimate: false });
  });

  it.each([1, 6])('of %i destroyed pages: the rows of the others, as salvage then finds them', async (leaves) => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 3_000 });
    zeroLeaves(file, 'facts', leaves);
    const before = sums(file);
    const { expectation } = await planOf(folder, file);
    expect(sums(file)).toEqual(before);
    const expected = expectation.find(({ table }) => table === 'facts');
    expect(expected).toMatchObject({ isEstimate: true });
    expect((await repair(contextIn(folder), file)).ok).toBe(true);
    expect(Math.abs(count(file, 'facts') - (expected?.rowsAfter ?? 0))).toBeLessThanOrEqual(30);
  });

  it('of a log that is left behind: the rows with it', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 500 });
    leaveLog(file, "INSERT INTO facts (statement) VALUES ('late')");
    const { expectation } = await planOf(folder, file);
    expect(expectation).toContainEqual({ table: 'facts', rowsNow: 501, rowsAfter: 501, isEstimate: false });
  });

  it('is not said where the file first has to become another', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'kb.db'), { rows: 500 });
    writeFileSync(file, Buffer.from(readFileSync(file).toString('base64')));
    expect((await planOf(folder, file)).expectation).toEqual([]);
  });
});
