/**
 * A repair, restore or undo in a process that kills itself at a named step: node kill-child.ts FOLDER FILE KIND STEP
 * WHEN
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { hakgalProfile } from '../../../src-main/contract/profile.ts';
import { listBackups } from '../../../src-main/doctor/backups/catalogue.ts';
import type { FlowContext } from '../../../src-main/doctor/flow/flow-context.ts';
import { readOperation } from '../../../src-main/doctor/flow/operation/operation.ts';
import { placesIn } from '../../../src-main/doctor/flow/operation/places.ts';
import { prepareRepair } from '../../../src-main/doctor/flow/repair/repair-flow.ts';
import { commit } from '../../../src-main/doctor/flow/swap/commit.ts';
import { prepareUndo } from '../../../src-main/doctor/flow/undo-flow.ts';
import { systemClock } from '../../../src-main/platform/clock.ts';

const [folder, file, kind, killStep, killWhen] = process.argv.slice(2) as [string, string, string, string, string];
const places = placesIn(folder);
const scratch = join(places.scratch, `${process.pid}-killchild`);
mkdirSync(scratch, { recursive: true });
const context: FlowContext = {
  places,
  scratch,
  clock: systemClock,
  random: () => 'killed00',
  findHolders: async () => ({ state: 'free', holders: [] }),
  isOpenHere: () => false,
  onProgress: () => {},
  onStep: (step, when) => {
    if (step === killStep && when === killWhen) process.kill(process.pid, 'SIGKILL');
  },
};

async function prepare(): Promise<string> {
  if (kind === 'undo') {
    const prepared = await prepareUndo({ file, isChangeAccepted: true }, context);
    if (!prepared.ok) throw new Error(prepared.failure.message);
    return prepared.value;
  }
  const prepared = await prepareRepair(
    {
      file,
      kind: kind === 'restore' ? 'restore' : 'repair',
      expected: { profile: kind === 'restore' ? null : hakgalProfile, baseline: null },
      backup: listBackups(places, file)[0] ?? null,
      includeDoubtful: false,
    },
    context,
  );
  if (!prepared.ok || prepared.value.operationId === null) throw new Error(JSON.stringify(prepared));
  return prepared.value.operationId;
}

const operation = readOperation(places, await prepare());
if (operation === null) throw new Error('no operation');
const outcome = await commit(operation, context);
if (!outcome.ok) throw new Error(outcome.failure.message);
