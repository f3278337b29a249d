/** The flow without threads, for stories that are about what it does and not about who runs it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup } from '../../../src-main/contract/doctor/backup.ts';
import type { Examination } from '../../../src-main/contract/doctor/examination.ts';
import type { RepairReport } from '../../../src-main/contract/doctor/report.ts';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import { examine } from '../../../src-main/doctor/examine/examine.ts';
import { type Expected, nothingExpected } from '../../../src-main/doctor/examine/expected.ts';
import { openView } from '../../../src-main/doctor/examine/view.ts';
import { findDatabaseFiles } from '../../../src-main/doctor/files/database-files.ts';
import { readFileFacts } from '../../../src-main/doctor/files/file-facts.ts';
import type { FlowContext } from '../../../src-main/doctor/flow/flow-context.ts';
import { type Operation, readOperation } from '../../../src-main/doctor/flow/operation/operation.ts';
import { placesIn } from '../../../src-main/doctor/flow/operation/places.ts';
import { prepareRepair } from '../../../src-main/doctor/flow/repair/repair-flow.ts';
import type { RepairRequest } from '../../../src-main/doctor/flow/repair/repair-request.ts';
import { commit } from '../../../src-main/doctor/flow/swap/commit.ts';
import { prepareUndo } from '../../../src-main/doctor/flow/undo-flow.ts';
import { findHolders } from '../../../src-main/doctor/holders/holders.ts';
import { isOpenHere } from '../../../src-main/doctor/holders/linux.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';

let operations = 0;

export function contextIn(folder: string, more: Partial<FlowContext> = {}): FlowContext {
  const places = placesIn(join(folder, 'doctor'));
  const scratch = join(places.scratch, `${process.pid}-test`);
  mkdirSync(scratch, { recursive: true });
  return {
    places,
    scratch,
    clock: systemClock,
    random: () => `test${String(operations++).padStart(4, '0')}`,
    findHolders,
    isOpenHere,
    onProgress: () => {},
    ...more,
  };
}

export async function look(
  context: FlowContext,
  file: string,
  expected: Expected = nothingExpected,
): Promise<Examination> {
  const found = findDatabaseFiles(file);
  if (!found.ok) throw new Error(found.failure.message);
  const facts = readFileFacts(found.value);
  const holders = await context.findHolders(found.value.path);
  return examine({
    facts,
    file,
    expected,
    holders,
    isThorough: true,
    clock: context.clock,
    open: () => openView(facts, holders, context.isOpenHere(file), context.scratch),
  });
}

const operationOf = (context: FlowContext, id: string | null): Operation => {
  const operation = readOperation(context.places, id ?? '');
  if (operation === null) throw new Error('nothing was prepared');
  return operation;
};

export async function repair(
  context: FlowContext,
  file: string,
  request: Partial<RepairRequest> = {},
): Promise<Outcome<RepairReport>> {
  const prepared = await prepareRepair(
    { file, kind: 'repair', expected: nothingExpected, backup: null, includeDoubtful: false, ...request },
    context,
  );
  if (!prepared.ok) return prepared;
  if (prepared.value.operationId === null) return { ok: true, value: prepared.value.report };
  const committed = await commit(operationOf(context, prepared.value.operationId), context);
  return committed.ok ? { ok: true, value: prepared.value.report } : committed;
}

export async function undo(context: FlowContext, file: string, isChangeAccepted = false): Promise<Outcome<null>> {
  const prepared = await prepareUndo({ file, isChangeAccepted }, context);
  return prepared.ok ? commit(operationOf(context, prepared.value), context) : prepared;
}

export const aBackup = (outcome: Outcome<Backup>): Backup => {
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
};
