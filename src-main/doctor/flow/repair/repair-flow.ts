/** Examine → plan → back up → repair → verify, up to the point where everything is ready to be swapped in. */

import { existsSync } from 'node:fs';
import type { JournalMode, RepairReport } from '../../../contract/doctor/report.ts';
import { failed, failedBecause, messageOf, type Outcome, ok } from '../../../contract/outcome.ts';
import { messageOfFinding } from '../../checks/finding.ts';
import { examine } from '../../examine/examine.ts';
import { openWorkingCopy } from '../../examine/view.ts';
import { type DatabaseFiles, findDatabasePlace, isMissing } from '../../files/database-files.ts';
import { copyToWorkOn } from '../../files/exact-copy.ts';
import { type FileFacts, isLogOrphaned, isOpenable, readFileFacts } from '../../files/file-facts.ts';
import { unansweredOf } from '../../plan.ts';
import { settle } from '../../repairs/logs/settle.ts';
import { readHeaderOf } from '../../sqlite-file/header.ts';
import { type Begun, begin } from '../begin.ts';
import type { FlowContext } from '../flow-context.ts';
import { discard, writeReport } from '../operation/operation.ts';
import { asideOf, originalOf, stagedOf } from '../operation/places.ts';
import { stageRepaired } from '../swap/stage.ts';
import { journalModeOf, keepSettings, readSettings } from './keep-settings.ts';
import { reportOf, reportOfNothing } from './repair-report.ts';
import type { RepairRequest } from './repair-request.ts';
import { leftByChoice, type RepairRun, runRepairs } from './run-repairs.ts';
import { judge } from './verify.ts';

export interface Prepared {
  /** null: there was nothing to do. */
  readonly operationId: string | null;
  readonly report: RepairReport;
}

export async function prepareRepair(request: RepairRequest, context: FlowContext): Promise<Outcome<Prepared>> {
  const begun = await begin(request.file, request.kind, context, { beside: request.backup?.sizeBytes ?? 0 });
  if (!begun.ok) return begun;
  const { id, folder, files, lock } = begun.value;
  using _lock = lock;
  const giveUp = (): void => discard({ file: files.path, id, folder });
  try {
    const outcome = await repairCopy(begun.value, request, context);
    if (!outcome.ok || outcome.value.operationId === null) giveUp();
    return outcome;
  } catch (error) {
    giveUp();
    throw error;
  }
}

async function repairCopy(begun: Begun, request: RepairRequest, context: FlowContext): Promise<Outcome<Prepared>> {
  const { id, folder, files, journal, originals } = begun;
  const { clock, signal, onProgress } = context;
  const start = clock.monotonic();
  const made = makeWork(begun, signal);
  if (!made.ok) return made;
  const facts = made.value;
  const work = stagedOf(files.path, id);
  const look = (phase: 'examine' | 'verify') => (factsNow: FileFacts) =>
    examine({
      facts: factsNow,
      file: files.path,
      expected: request.expected,
      holders: { state: 'free', holders: [] },
      isThorough: true,
      clock,
      open: () => openWorkingCopy(work, context.scratch),
      ...(signal !== undefined && { signal }),
      onProgress: (share, check) => onProgress(phase, share, check),
    });

  const before = await look('examine')(facts);
  if (before.verdict === 'encrypted' && request.kind === 'repair') return failed('encrypted', { file: files.path });
  const run = await runRepairs(
    {
      work,
      originals: originalOf(folder),
      aside: asideOf(files.path, id),
      facts,
      examination: before,
      look: look('verify'),
      journal,
    },
    request,
    context,
  );
  const settings = isMissing(facts.files) ? undefined : readSettings(originalOf(folder), hasOwnLog(facts));
  const modeBefore = settings === undefined ? null : journalModeOf(settings);
  const told = (after: JournalMode | null) => ({
    before,
    originals,
    ms: clock.monotonic() - start,
    journalMode: { before: modeBefore, after },
  });
  if (run.done.length === 0) {
    if (before.verdict === 'healthy' || before.verdict === 'unknown')
      return ok({ operationId: null, report: reportOfNothing(told(modeBefore), run) });
    const failedRepair = run.notes.find(({ failure }) => failure !== undefined)?.failure;
    if (failedRepair !== undefined) return failedBecause('nothing-helps/none-succeeded', messageOf(failedRepair));
    const reason = unansweredOf(before.findings, run.firstPlan)[0] ?? before.findings[0];
    return reason === undefined ? failed('nothing-helps') : failedBecause('nothing-helps', messageOfFinding(reason));
  }

  const notes = settings === undefined ? [] : keepSettings(settings, work, isOfBackup(run, request));
  if (isOpenable(run.facts)) settle(work);
  const verdict = judge({
    before,
    after: run.after,
    done: run.done,
    leftByChoice: leftByChoice(run.firstPlan, request.chosen),
  });
  if (!verdict.ok) return verdict;
  journal.write('verified');
  const sha256After = await stageRepaired(files.path, id, originals, journal, signal === undefined ? {} : { signal });
  const header = readHeaderOf(work);
  const after = header === undefined ? null : journalModeOf(header);
  const report = reportOf(told(after), { ...run, notes: [...run.notes, ...notes] }, sha256After);
  writeReport(folder, report);
  return ok({ operationId: id, report });
}

const hasOwnLog = (facts: FileFacts): boolean => (facts.log?.committedFrames ?? 0) > 0 && !isLogOrphaned(facts);

/** What the backup says of itself is wanted along with it. */
const isOfBackup = ({ done }: RepairRun, { kind }: RepairRequest): boolean =>
  kind === 'restore' || done.some(({ id }) => id === 'restore-backup');

/**
 * The copy to work on, beside the database. @returns the facts of the untouched original; SQL runs on the copy, where
 * journal and log are settled by opening it.
 */
function makeWork({ id, folder, files, journal }: Begun, signal: AbortSignal | undefined): Outcome<FileFacts> {
  const kept = findDatabasePlace(originalOf(folder));
  if (!kept.ok) return kept;
  const { hardLinks, isOnNetwork } = files;
  const originalFiles: DatabaseFiles = { ...kept.value, hardLinks, isOnNetwork };
  const facts = readFileFacts(originalFiles, signal);
  for (const part of ['', '-wal', '-journal'] as const)
    if (existsSync(originalOf(folder, part)) && !(part === '-wal' && isLogOrphaned(facts)))
      copyToWorkOn(originalOf(folder, part), stagedOf(files.path, id, part));
  journal.write('work-made');
  return ok(facts);
}
