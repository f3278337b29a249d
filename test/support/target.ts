/** One target outside of any scheduler: look at it as often as wanted. */

import { databaseProfiles } from '../../src-main/contract/profile.ts';
import { type TargetSettings, targetSchema } from '../../src-main/contract/settings/targets.ts';
import type { TargetFinding } from '../../src-main/contract/targets.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import { forkNodeProcess } from '../../src-main/platform/node-process.ts';
import { DatabaseErrors } from '../../src-main/targets/database-errors.ts';
import { ProbeThread } from '../../src-main/targets/probe-thread.ts';
import { TargetMemory } from '../../src-main/targets/target-memory.ts';
import { watchTarget } from '../../src-main/targets/target-source.ts';
import type { ProcessSummary, TargetDeps } from '../../src-main/targets/target-type.ts';
import { startWorkerProcess } from '../../src-main/workers/worker-process.ts';
import { runOnce } from './run-once.ts';

export interface TargetUnderTest extends AsyncDisposable {
  readonly deps: TargetDeps;
  look(at?: number): Promise<{ readonly finding: TargetFinding; readonly values: Readonly<Record<string, number>> }>;
}

type Given = { readonly kind: TargetSettings['kind'] } & Readonly<Record<string, unknown>>;

export function openTarget(
  given: Given,
  options: {
    readonly memoryPath?: string;
    readonly processes?: ProcessSummary;
    readonly secrets?: Readonly<Record<string, string>>;
    readonly isMain?: boolean;
  } & Pick<TargetDeps, 'onFileReplaced'> = {},
): TargetUnderTest {
  const settings = targetSchema.parse({ id: 'x', title: 'X', ...given });
  const deps: TargetDeps = {
    clock: systemClock,
    platform: process.platform,
    probes: new ProbeThread(systemClock),
    foreignSql: new ProbeThread(systemClock, () => startWorkerProcess('probe', forkNodeProcess)),
    memory: new TargetMemory(options.memoryPath),
    databaseErrors: new DatabaseErrors(),
    profiles: () => databaseProfiles,
    processesNamed: () => options.processes,
    secret: async (_, name) => options.secrets?.[name],
    ...(options.onFileReplaced !== undefined && { onFileReplaced: options.onFileReplaced }),
  };
  const target = watchTarget(settings, deps, options.isMain ?? false);
  return {
    deps,
    async look(at = systemClock.now()) {
      const values = await runOnce(target.source, at, systemClock.monotonic());
      const { state, kind, message, facts } = target.status();
      return { finding: { state, kind, message, facts }, values };
    },
    async [Symbol.asyncDispose]() {
      await target.source.close?.();
      deps.memory.save();
      await Promise.all([deps.probes.close(), deps.foreignSql.close()]);
    },
  };
}
