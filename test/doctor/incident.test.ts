import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary.ts';
import { doctorIn, endOf, examined, repaired } from './support/doctor-for-test.ts';
import { count, factCount, integrity, makeKnowledgeBase, sums } from './support/make-database.ts';

describe('the incident: audit_log is missing', () => {
  it('is diagnosed, repaired in one click, shown before and after, and taken back byte for byte', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'hexagonal_kb.db'), { without: ['audit_log'], mode: 'wal' });
    const original = sums(file);
    const doctor = doctorIn(folder);

    const before = await examined(doctor, file, 'hakgal');
    expect(before.verdict).toBe('damaged');
    expect(before.findings).toMatchObject([
      { kind: 'missing-table', place: { table: 'audit_log' }, severity: 'critical' },
    ]);
    expect(sums(file)).toEqual(original);

    const report = await repaired(doctor, { file, profile: 'hakgal' });
    expect(report).toMatchObject({
      isApplied: true,
      before: { verdict: 'damaged' },
      after: { verdict: 'healthy' },
      done: [{ id: 'create-missing-tables', did: 'Created audit_log.' }],
    });
    expect(report.tables).toContainEqual({ table: 'audit_log', before: null, after: 0 });
    expect(report.tables).toContainEqual({ table: 'facts', before: factCount, after: factCount });

    const database = new Database(file);
    database.prepare("INSERT INTO audit_log (operation) VALUES ('add_fact')").run();
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();

    const refused = await endOf(doctor, doctor.undo({ file }));
    expect(refused).toMatchObject({ state: 'failed', failure: { kind: 'changed-since' } });
    const undone = await endOf(doctor, doctor.undo({ file, isChangeAccepted: true }));
    expect(undone.result).toMatchObject({ kind: 'undo', report: { isIdentical: true } });
    expect(sums(file)).toEqual(original);

    // The undo can be undone: the audit row is back.
    const redone = await endOf(doctor, doctor.undo({ file }));
    expect(redone.result).toMatchObject({ kind: 'undo', report: { isIdentical: true } });
    expect(count(file, 'audit_log')).toBe(1);
    expect(integrity(file)).toBe('ok');
  });

  it('adds the columns that older versions lack, with their defaults', async () => {
    const folder = temporaryFolder();
    const without = ['facts.tags', 'facts.confidence', 'audit_log.user_id', 'audit_log.session_id'];
    const file = makeKnowledgeBase(join(folder, 'old.db'), { without });
    const doctor = doctorIn(folder);
    const report = await repaired(doctor, { file, profile: 'hakgal' });
    expect(report.done.map(({ id }) => id)).toEqual(['add-missing-columns']);
    expect(report.after.verdict).toBe('healthy');
    const database = new Database(file);
    expect(database.prepare('SELECT confidence, tags FROM facts WHERE id = 7').get()).toEqual({
      confidence: 1,
      tags: null,
    });
    database.close();
  });

  it('knows the table that was there the last time, without any profile', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'any.db'));
    const doctor = doctorIn(folder);
    expect((await examined(doctor, file)).verdict).toBe('healthy');
    const database = new Database(file);
    database.exec('DROP TABLE audit_log; DROP INDEX facts_by_source');
    database.close();
    const { verdict, findings } = await examined(doctor, file);
    expect(verdict).toBe('damaged');
    expect(findings.map(({ kind, check }) => `${kind} ${check}`)).toEqual([
      'missing-table drift',
      'missing-index drift',
    ]);

    const report = await repaired(doctor, { file, repairs: ['create-missing-tables', 'create-missing-objects'] });
    expect(report.after.verdict).toBe('healthy');
    expect(report.after.findings).toEqual([]);
  });

  it('takes a schema for the good one when told so', async () => {
    const folder = temporaryFolder();
    const file = makeKnowledgeBase(join(folder, 'any.db'));
    const doctor = doctorIn(folder);
    await examined(doctor, file);
    const database = new Database(file);
    database.exec('DROP TABLE audit_log');
    database.close();
    expect((await examined(doctor, file)).verdict).toBe('damaged');
    expect(await endOf(doctor, doctor.acceptSchema(file))).toMatchObject({ state: 'done' });
    expect((await examined(doctor, file)).verdict).toBe('healthy');
  });
});
