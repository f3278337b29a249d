/**
 * All targets that are watched now: follows the settings, adding, replacing and removing sources while everything runs.
 */
import { type DatabaseProfile, databaseProfiles } from '../contract/profile.ts';
import type { TargetSettings } from '../contract/settings/targets.ts';
import type { TargetFinding, TargetStatus } from '../contract/targets.ts';
import type { Clock } from '../platform/clock.ts';
import { forkNodeProcess, type StartNodeProcess } from '../platform/node-process.ts';
import type { Source } from '../sampling/source.ts';
import { startWorkerProcess } from '../workers/worker-process.ts';
import { DatabaseErrors } from './database-errors.ts';
import { watchOutdated } from './outdated-targets.ts';
import { ProbeThread } from './probe-thread.ts';
import { TargetMemory } from './target-memory.ts';
import { type WatchedTarget, watchTarget } from './target-source.ts';
import { finding, type TargetDeps } from './target-type.ts';

export interface TargetSetOptions {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** Where targets remember things over a restart; undefined: nowhere. */
  readonly memoryPath?: string;
  readonly processesNamed: TargetDeps['processesNamed'];
  /** None by default. */
  readonly secret?: TargetDeps['secret'];
  /** How a process is started that can be killed; the desktop hands in Electron's way. */
  readonly startProcess?: StartNodeProcess;
  /** Read anew at each `apply`; by default those that are built in. */
  readonly profiles?: TargetDeps['profiles'];
  readonly onFileReplaced?: TargetDeps['onFileReplaced'];
  /** The scheduler's `add` and `remove`. */
  readonly addSource: (source: Source) => void;
  readonly removeSource: (id: string) => Promise<void>;
}

export interface TargetSet {
  /** What targets tell together; for the scheduler, from the start. */
  readonly sources: readonly Source[];
  /**
   * Watches exactly these from now on. A target whose settings did not change goes on undisturbed.
   * @param inRepair ids of those that nobody of ours may have open meanwhile
   */
  apply(list: readonly TargetSettings[], inRepair?: ReadonlySet<string>): void;
  statuses(): readonly TargetStatus[];
  /** The source of a watched target, to be looked at soon. */
  sourceId(id: string): string | undefined;
  /** Takes the present schema of a database for the right one; false when there is no such target. */
  acceptSchema(id: string): boolean;
  /** Looks once at something that need not be watched. */
  test(settings: TargetSettings): Promise<TargetFinding>;
  close(): Promise<void>;
}

const saveEveryMs = 10_000;

export function createTargetSet(options: TargetSetOptions): TargetSet {
  const { clock } = options;
  const memory = new TargetMemory(options.memoryPath);
  const probes = new ProbeThread(clock);
  const foreignSql = new ProbeThread(clock, () => startWorkerProcess('probe', options.startProcess ?? forkNodeProcess));
  const databaseErrors = new DatabaseErrors();
  const profiles = options.profiles ?? ((): readonly DatabaseProfile[] => databaseProfiles);
  const deps: TargetDeps = {
    clock,
    platform: options.platform,
    probes,
    foreignSql,
    memory,
    databaseErrors,
    profiles,
    processesNamed: options.processesNamed,
    secret: options.secret ?? (async () => undefined),
    ...(options.onFileReplaced !== undefined && { onFileReplaced: options.onFileReplaced }),
  };
  const watched = new Map<string, { readonly target: WatchedTarget; readonly text: string }>();
  let order: readonly TargetSettings[] = [];
  let resting: ReadonlySet<string> = new Set();
  let tests = 0;
  let saving = clock.after(saveEveryMs, save);

  function save(): void {
    memory.save();
    saving = clock.after(saveEveryMs, save);
  }

  function apply(list: readonly TargetSettings[], inRepair: ReadonlySet<string> = new Set()): void {
    resting = inRepair;
    const enabled = list.filter(({ id, isEnabled }) => isEnabled && !resting.has(id));
    const main = list
      .filter(({ isEnabled }) => isEnabled)
      .find((one) => one.kind === 'sqlite' && one.profile === 'hakgal');
    const profileOf = (one: TargetSettings): DatabaseProfile | undefined =>
      one.kind === 'sqlite' ? profiles().find(({ id }) => id === one.profile) : undefined;
    const texts = new Map(enabled.map((one) => [one.id, JSON.stringify([one, one === main, profileOf(one)])]));
    for (const [id, { target, text }] of watched) {
      if (texts.get(id) === text) continue;
      watched.delete(id);
      void options.removeSource(target.source.id);
    }
    const kept = new Set(list.map(({ id }) => id));
    for (const { id } of order) if (!kept.has(id)) memory.forget(id);
    for (const settings of enabled) {
      if (watched.has(settings.id)) continue;
      const target = watchTarget(settings, deps, settings === main);
      watched.set(settings.id, { target, text: texts.get(settings.id) as string });
      options.addSource(target.source);
    }
    order = list;
  }

  async function test(settings: TargetSettings): Promise<TargetFinding> {
    // Under a name of its own and without memory: a trial leaves no trace.
    tests += 1;
    const trial = { ...settings, id: `trial-${tests}` };
    const secret = (_: string, name: string) => deps.secret(settings.id, name);
    const trialDeps = { ...deps, secret, memory: new TargetMemory(undefined), databaseErrors: new DatabaseErrors() };
    const target = watchTarget(trial, trialDeps, false);
    try {
      const context = { at: clock.now(), monotonic: clock.monotonic(), signal: new AbortController().signal };
      await target.source.collect({ sample: () => {} }, context);
    } catch {
      // The status says what went wrong.
    }
    await target.source.close?.();
    const { state, kind, message, facts } = target.status();
    return { state, kind, message, facts };
  }

  return {
    sources: [databaseErrors.source, watchOutdated(() => [...watched.values()].map(({ target }) => target))],
    apply,
    statuses: () =>
      order.map(
        (settings) =>
          watched.get(settings.id)?.target.status() ?? {
            ...(resting.has(settings.id)
              ? finding('unknown', 'in-repair', 'The doctor is working on it')
              : finding('unknown', 'switched-off', 'Not watched at the moment')),
            settings,
            at: null,
          },
      ),
    sourceId: (id) => watched.get(id)?.target.source.id,
    test,
    acceptSchema(id) {
      if (!watched.has(id)) return false;
      memory.set(id, 'schema', undefined);
      return true;
    },
    async close() {
      saving[Symbol.dispose]();
      memory.save();
      await Promise.all([probes.close(), foreignSql.close()]);
    },
  };
}
