/** Round after round: plan, run what is chosen on the copy, look at it again; until nothing chosen is left to do. */
import type { Examination, Finding } from '../../../contract/doctor/examination.ts';
import type { RepairDone, RepairNote } from '../../../contract/doctor/report.ts';
import type { Failure } from '../../../contract/outcome.ts';
import { failed, type Outcome } from '../../../contract/outcome.ts';
import { lacksApplication } from '../../application-defined/with-stand-ins.ts';
import { findDatabaseFiles } from '../../files/database-files.ts';
import { type FileFacts, isLogOrphaned, readFileFacts } from '../../files/file-facts.ts';
import { chosenOf, type Planned, planRepairs } from '../../plan.ts';
import { restoreBackup, restoreBackupWords } from '../../repairs/file/restore-backup.ts';
import { intend, type Repair, type RepairContext, type RepairResult } from '../../repairs/repair.ts';
import type { TableLoss } from '../../salvage/salvage-types.ts';
import type { FlowContext } from '../flow-context.ts';
import type { Journal } from '../operation/journal.ts';
import type { RepairRequest } from './repair-request.ts';

/**
 * After a repair the file is examined anew, and what comes to light is repaired, too; more rounds than this were never
 * needed.
 */
const maxRounds = 4;

/** The copy and what is known of it before the first round. */
export interface Workplace extends Pick<RepairContext, 'work' | 'originals' | 'aside'> {
  readonly facts: FileFacts;
  readonly examination: Examination;
  readonly look: (facts: FileFacts) => Promise<Examination>;
  readonly journal: Journal;
}

export interface RepairRun {
  readonly done: readonly RepairDone[];
  readonly notes: readonly RepairNote[];
  readonly loss: readonly TableLoss[];
  readonly lostAndFound: number;
  /** What was on offer at first; the user's choice is among it. */
  readonly firstPlan: readonly Planned[];
  /** The copy as it is after the last round. */
  readonly facts: FileFacts;
  readonly after: Examination;
}

export async function runRepairs(
  workplace: Workplace,
  request: RepairRequest,
  { signal, onProgress }: Pick<FlowContext, 'signal' | 'onProgress'>,
): Promise<RepairRun> {
  const { work, originals, aside, look, journal } = workplace;
  const { expected, backup, includeDoubtful } = request;
  let { facts, examination } = workplace;
  const tried = new Set<string>();
  const done: RepairDone[] = [];
  const notes: RepairNote[] = [];
  let loss: readonly TableLoss[] = [];
  let lostAndFound = 0;
  let firstPlan: readonly Planned[] | undefined;

  for (let round = 0; round < maxRounds; round += 1) {
    const situation = { facts, examination, expected, backup, tried };
    const plan = request.kind === 'restore' && round === 0 ? [theBackup] : planRepairs(situation);
    firstPlan ??= plan;
    const batch = batchOf(chosenInRound(plan, firstPlan, request.chosen));
    if (batch.length === 0) break;
    for (const [index, { repair, intention }] of batch.entries()) {
      signal?.throwIfAborted();
      tried.add(repair.id);
      const phase = repair.id === 'salvage-rows' ? 'salvage' : 'repair';
      const report = (share: number): void => onProgress(phase, (index + share) / batch.length, repair.id);
      report(0);
      const outcome = await attempt(repair, {
        ...situation,
        work,
        originals,
        salvageFrom: tried.has('undo-transformation') || isLogOrphaned(workplace.facts) ? work : originals,
        aside,
        answers: intention.answers,
        includeDoubtful,
        ...(signal !== undefined && { signal }),
        onProgress: report,
      });
      if (!outcome.ok) {
        // The next round sees what is left and has other repairs for it; if none, the judge refuses.
        const failure = withoutOwnPaths(outcome.failure, [originals, aside, work], workplace.examination.file);
        const message = `${repair.title.en}: ${failure.message}`;
        notes.push({ kind: 'repair-failed', message, values: { repair: repair.id }, failure });
        continue;
      }
      done.push(doneBy(repair, outcome.value));
      notes.push(...(outcome.value.notes ?? []));
      loss = outcome.value.loss ?? loss;
      lostAndFound = outcome.value.lostAndFound ?? lostAndFound;
      journal.write('repaired', { repair: repair.id });
    }
    facts = factsOfWork(work, facts, signal);
    examination = await look(facts);
  }
  return { done, notes, loss, lostAndFound, firstPlan: firstPlan ?? [], facts, after: examination };
}

/** Nobody knows the copies that we work on: they are the user's file. */
function withoutOwnPaths(failure: Failure, own: readonly string[], file: string): Failure {
  const clean = (text: string): string => own.reduce((said, path) => said.replaceAll(path, file), text);
  const values = Object.entries(failure.values ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? clean(value) : value,
  ]);
  return { ...failure, message: clean(failure.message), ...(failure.values && { values: Object.fromEntries(values) }) };
}

/** What the user took out of the plan stays as it is. */
export const leftByChoice = (plan: readonly Planned[], chosen: readonly string[] | undefined): readonly Finding[] =>
  chosen === undefined
    ? []
    : plan.filter(({ repair }) => !chosen.includes(repair.id)).flatMap(({ intention }) => intention.answers);

/** Asked for by the user, so it needs no finding to answer. */
const theBackup: Planned = {
  repair: restoreBackup,
  intention: { ...intend(restoreBackupWords['planned-chosen']), answers: [], isChosen: true },
};

/**
 * In later rounds the user's choice holds for what was on offer; what only then came to light is chosen as the plan
 * says.
 */
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

/** What works on the file itself changes what the rest would find, so it runs alone. */
function batchOf(wanted: readonly Planned[]): readonly Planned[] {
  const onFile = wanted.filter(({ repair }) => repair.stage === 'file');
  return onFile.length > 0 ? onFile : wanted;
}

const doneBy = ({ id, title }: Planned['repair'], { did, code, values }: RepairResult): RepairDone => ({
  id,
  title: title.en,
  did,
  code,
  ...(values !== undefined && { values }),
});

/** After a round the copy is the truth; that it lies on a share is still the original's business. */
function factsOfWork(work: string, before: FileFacts, signal: AbortSignal | undefined): FileFacts {
  const files = findDatabaseFiles(work);
  return files.ok
    ? readFileFacts({ ...files.value, hardLinks: 1, isOnNetwork: before.files.isOnNetwork }, signal)
    : before;
}

/** What SQL can't do here for want of the application's own names is left as it is, and said. */
async function attempt(repair: Repair, context: RepairContext): Promise<Outcome<RepairResult>> {
  try {
    return await repair.run(context);
  } catch (error) {
    if (!lacksApplication(error)) throw error;
    return failed('needs-application', { detail: (error as Error).message });
  }
}
