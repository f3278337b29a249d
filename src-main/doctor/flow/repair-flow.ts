/** Examine → plan → back up → repair → verify, up to the point where everything is ready to be swapped in. */
import { existsSync } from 'node:fs';
import type { Backup, Examination, RepairDone, RepairNote, RepairReport, RowLoss } from '../../contract/doctor.ts';
import { failed, type Outcome, ok } from '../../contract/outcome.ts';
import { examine } from '../examine/examine.ts';
import type { Expected } from '../examine/expected.ts';
import { openWorkingCopy } from '../examine/view.ts';
import { findDatabaseFiles, findDatabasePlace } from '../files/database-files.ts';
import { copyToWorkOn } from '../files/exact-copy.ts';
import { type FileFacts, isLogOrphaned, isOpenable, readFileFacts } from '../files/file-facts.ts';
import { chosenOf, type Planned, planRepairs, unansweredOf } from '../plan.ts';
import { restoreBackup } from '../repairs/restore-backup.ts';
import { settle } from '../repairs/settle.ts';
import type { TableLoss } from '../salvage/salvage-types.ts';
import { type Begun, begin } from './begin.ts';
import type { FlowContext } from './flow-context.ts';
import { discard, writeReport } from './operation.ts';
import { asideOf, originalOf, stagedOf } from './places.ts';
import { stageRepaired } from './stage.ts';
import { changesOf, judge } from './verify.ts';

export interface RepairRequest {
  readonly file: string;
  readonly expected: Expected;
  readonly backup: Backup | null;
  readonly kind: 'repair' | 'restore';
  readonly chosen?: readonly string[];
  readonly mixInDoubtful: boolean;
}

export interface Prepared {
  /** null: there was nothing to do. */
  readonly operationId: string | null;
  readonly report: RepairReport;
}

/** After a repair the file is examined anew, and what comes to light is repaired, too; more rounds than this were never needed. */
const mostRounds = 4;

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
  const work = stagedOf(files.path, id);
  const originalPath = originalOf(folder);
  const originalFiles = findDatabasePlace(originalPath);
  if (!originalFiles.ok) return originalFiles;
  const watch = signal === undefined ? {} : { signal };

  // The facts are those of the untouched copy; SQL runs on the copy to work on, where journal and log are settled by opening it.
  let facts: FileFacts = { ...readFileFacts(originalFiles.value, signal), files: originalFiles.value };
  for (const part of ['', '-wal', '-journal'] as const)
    if (existsSync(originalOf(folder, part)) && !(part === '-wal' && isLogOrphaned(facts)))
      copyToWorkOn(originalOf(folder, part), stagedOf(files.path, id, part));
  journal.write('work-made');

  const look = async (phase: 'examine' | 'verify'): Promise<Examination> =>
    examine({
      facts,
      file: files.path,
      expected: request.expected,
      holders: { state: 'free', holders: [] },
      isThorough: true,
      clock,
      open: () => openWorkingCopy(work),
      ...watch,
      onProgress: (share, check) => onProgress(phase, share, check),
    });

  const before = await look('examine');
  const isRestore = request.kind === 'restore';
  if (before.verdict === 'encrypted' && !isRestore)
    return failed(
      'encrypted',
      `${files.path} is encrypted; without its key nobody can tell whether it is damaged.`,
      'Open it with the application that encrypted it.',
    );
  let now = before;
  const tried = new Set<string>();
  const done: RepairDone[] = [];
  const notes: RepairNote[] = [];
  let loss: readonly TableLoss[] = [];
  let lostAndFound = 0;
  let firstPlan: readonly Planned[] | undefined;

  for (let round = 0; round < mostRounds; round += 1) {
    const situation = { facts, examination: now, expected: request.expected, backup: request.backup, tried };
    const plan = isRestore && round === 0 ? [theBackup] : planRepairs(situation);
    firstPlan ??= plan;
    const wanted = chosenInRound(plan, firstPlan, request.chosen);
    // What works on the file itself changes what the rest would find, so it runs alone.
    const isFileFirst = wanted.some(({ repair }) => repair.stage === 'file');
    const batch = isFileFirst ? wanted.filter(({ repair }) => repair.stage === 'file') : wanted;
    if (batch.length === 0) break;
    for (const [index, { repair, intention }] of batch.entries()) {
      signal?.throwIfAborted();
      tried.add(repair.id);
      const phase = repair.id === 'salvage-rows' ? 'salvage' : 'repair';
      const report = (share: number): void => onProgress(phase, (index + share) / batch.length, repair.id);
      report(0);
      const outcome = await repair.run({
        ...situation,
        work,
        originals: originalPath,
        aside: asideOf(files.path, id),
        answers: intention.answers,
        mixInDoubtful: request.mixInDoubtful,
        ...watch,
        onProgress: report,
      });
      if (!outcome.ok) {
        // The next round sees what is left and has other repairs for it; if none, the judge refuses.
        const { failure } = outcome;
        notes.push({
          kind: 'repair-failed',
          message: `${repair.title}: ${failure.message}`,
          values: { repair: repair.id },
          failure,
        });
        continue;
      }
      const { did, code = repair.id, values } = outcome.value;
      done.push({ id: repair.id, title: repair.title, did, code, ...(values !== undefined && { values }) });
      notes.push(...(outcome.value.notes ?? []));
      loss = outcome.value.loss ?? loss;
      lostAndFound = outcome.value.lostAndFound ?? lostAndFound;
      journal.write('repaired', { repair: repair.id });
    }
    facts = factsOfWork(work, facts, signal);
    now = await look('verify');
  }
  if (firstPlan?.length === 0 || done.length === 0) {
    const reason = unansweredOf(before.findings, firstPlan ?? [])[0];
    if (before.verdict === 'healthy' || before.verdict === 'unknown')
      return ok(nothingDone(before, originals, clock.monotonic() - start));
    return failed(
      'nothing-helps',
      notes[0]?.message ??
        `There is no repair for this: ${reason?.message ?? before.findings[0]?.message ?? 'unknown'}`,
      'Restore a backup, if there is one, or take an earlier repair back.',
    );
  }

  if (isOpenable(facts)) settle(work);
  const leftByChoice = request.chosen === undefined ? [] : leftOf(firstPlan ?? [], request.chosen);
  const verdict = judge({ before, after: now, done, leftByChoice });
  if (!verdict.ok) return verdict;
  journal.write('verified');
  const sha256After = await stageRepaired(files.path, id, originals, journal, watch);
  const report: RepairReport = {
    file: files.path,
    before,
    after: now,
    done,
    tables: changesOf(before, now),
    loss: loss.map(asRowLoss),
    lostAndFound,
    notes,
    ms: Math.round(clock.monotonic() - start),
    sha256Before: originals['']?.sha256 ?? '',
    sha256After,
    isApplied: false,
    undoId: null,
  };
  writeReport(folder, report);
  return ok({ operationId: id, report });
}

/** Asked for by the user, so it needs no finding to answer. */
const theBackup: Planned = {
  repair: restoreBackup,
  intention: { what: 'Puts the chosen backup in place.', answers: [], isChosen: true },
};

/** In later rounds the user's choice holds for what was on offer; what only then came to light is chosen as the plan says. */
function chosenInRound(
  plan: readonly Planned[],
  first: readonly Planned[],
  ids: readonly string[] | undefined,
): readonly Planned[] {
  if (ids === undefined || plan === first) return chosenOf(plan, ids);
  const offered = new Set(first.map(({ repair }) => repair.id));
  return plan.filter(({ repair, intention }) =>
    offered.has(repair.id) ? ids.includes(repair.id) : intention.isChosen,
  );
}

const leftOf = (plan: readonly Planned[], ids: readonly string[]) =>
  plan.filter(({ repair }) => !ids.includes(repair.id)).flatMap(({ intention }) => intention.answers);

/** After a round the copy is the truth; its folder and links are still the original's business. */
function factsOfWork(work: string, before: FileFacts, signal: AbortSignal | undefined): FileFacts {
  const files = findDatabaseFiles(work);
  return files.ok
    ? readFileFacts({ ...files.value, hardLinks: 1, isOnNetwork: before.files.isOnNetwork }, signal)
    : before;
}

const nothingDone = (examination: Examination, originals: Begun['originals'], ms: number): Prepared => ({
  operationId: null,
  report: {
    file: examination.file,
    before: examination,
    after: examination,
    done: [],
    tables: changesOf(examination, examination),
    loss: [],
    lostAndFound: 0,
    notes: [{ kind: 'nothing-needed', message: 'Nothing needed repair.' }],
    ms: Math.round(ms),
    sha256Before: originals['']?.sha256 ?? '',
    sha256After: originals['']?.sha256 ?? '',
    isApplied: false,
    undoId: null,
  },
});

const asRowLoss = ({ missing, reasons, ...table }: TableLoss): RowLoss => ({
  table: table.table,
  schemaFrom: table.schemaFrom,
  certain: table.certain,
  confirmed: table.confirmed,
  doubtful: table.doubtful,
  reasons: Object.fromEntries(Object.entries(reasons).map(([reason, count]) => [reason, count ?? 0])),
  doubtfulTable: table.doubtfulTable,
  deleted: table.deleted,
  deletedTable: table.deletedTable,
  missingAtLeast: missing.atLeast,
  missingAtMost: missing.atMost,
  constraintFailures: table.constraintFailures,
});
