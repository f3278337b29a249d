/**
 * Examines the database at a path as it lies there, learns from a whole one what it looks like, and says what would be
 * done about it.
 */
import { dirname } from 'node:path';
import type { Backup } from '../contract/doctor/backup.ts';
import type { Examination } from '../contract/doctor/examination.ts';
import type { RepairPlan } from '../contract/doctor/plan.ts';
import { type Outcome, ok } from '../contract/outcome.ts';
import type { DatabaseProfile } from '../contract/profile.ts';
import { listBackups } from './backups/catalogue.ts';
import { learnBaseline, readBaseline } from './baselines.ts';
import { examine } from './examine/examine.ts';
import type { Expected } from './examine/expected.ts';
import { openView, type View } from './examine/view.ts';
import { expectationOf } from './expectation.ts';
import { freeBytes } from './files/database-files.ts';
import { type FileFacts, readFileFacts } from './files/file-facts.ts';
import type { FlowContext } from './flow/flow-context.ts';
import type { Places } from './flow/operation/places.ts';
import { needsOf } from './flow/room.ts';
import { findKnownDatabase } from './known-database.ts';
import { describe, planRepairs, unansweredOf } from './plan.ts';

export interface Examining {
  readonly file: string;
  readonly profile: DatabaseProfile | null;
  readonly isThorough: boolean;
}

export interface Examined {
  readonly examination: Examination;
  readonly facts: FileFacts;
  readonly expected: Expected;
}

export const expectedOf = (places: Places, path: string, profile: DatabaseProfile | null): Expected => ({
  profile,
  baseline: readBaseline(places, path),
});

export const newestBackup = (places: Places, path: string): Backup | null => listBackups(places, path)[0] ?? null;

/**
 * A whole database teaches what it looks like; whoever looks next sees what has gone.
 * @param learning `anew`: what was learned before does not count
 */
export async function examineDatabase(
  { file, profile, isThorough }: Examining,
  learning: 'if-unknown' | 'anew',
  context: FlowContext,
): Promise<Outcome<Examined>> {
  const { places, clock, signal, scratch } = context;
  const found = findKnownDatabase(file, places);
  if (!found.ok) return found;
  const { path } = found.value;
  const facts = readFileFacts(found.value, signal);
  const holders = await context.findHolders(path);
  const expected = expectedOf(places, path, profile);
  const open = () => openView(facts, holders, context.isOpenHere(path), scratch);
  const examination = await examine({
    facts,
    file: path,
    expected: learning === 'anew' ? { ...expected, baseline: null } : expected,
    holders,
    isThorough,
    clock,
    open,
    ...(signal !== undefined && { signal }),
    onProgress: (share, check) => context.onProgress('examine', share, check),
  });
  const hasDrifted = examination.findings.some(({ check }) => check === 'drift');
  const isNews = examination.schemaFingerprint !== expected.baseline?.fingerprint;
  if (examination.verdict === 'healthy' && isThorough && !hasDrifted && isNews) learn(path, open, context);
  return ok({ examination, facts, expected });
}

/** Where a writer has locked the file since, the next look learns. */
function learn(path: string, open: () => View, { places, clock }: FlowContext): void {
  try {
    using view = open();
    learnBaseline(places, path, view.database, clock.now());
  } catch (error) {
    if (!String((error as { code?: string }).code).startsWith('SQLITE_BUSY')) throw error;
  }
}

export async function planForDatabase(input: Examining, context: FlowContext): Promise<Outcome<RepairPlan>> {
  const examined = await examineDatabase({ ...input, isThorough: true }, 'if-unknown', context);
  if (!examined.ok) return examined;
  const { examination, facts, expected } = examined.value;
  const { path } = facts.files;
  const backup = newestBackup(context.places, path);
  const planned = planRepairs({ facts, examination, expected, backup, tried: new Set() });
  const needs = needsOf(facts.files);
  return ok({
    examination,
    repairs: planned.map(describe),
    unanswered: unansweredOf(examination.findings, planned),
    expectation: expectationOf(planned, examination, facts, context.signal),
    needsBytes: needs.keep + needs.beside + (backup?.sizeBytes ?? 0),
    freeBytes: freeBytes(dirname(path)),
    newestBackup: backup,
  });
}
