/** Watched databases and services: the procedures of contract/targets.ts. Adding one is a change of settings. */
import { implement } from '@orpc/server';
import { failed, type Outcome } from '../contract/outcome.ts';
import type { TargetSettings } from '../contract/settings/targets.ts';
import { type FoundDatabase, type TargetFinding, type TargetStatus, targetsContract } from '../contract/targets.ts';
import { redactSettings, restoreHidden } from '../contract/text/redact.ts';
import { refusedPattern } from '../targets/log/refused-pattern.ts';
import { valueOrThrow } from './value-or-throw.ts';

export interface TargetsDeps {
  readonly statuses: () => readonly TargetStatus[];
  readonly test: (settings: TargetSettings) => Promise<TargetFinding>;
  readonly find: () => Promise<readonly FoundDatabase[]>;
  readonly refresh: (id: string) => void;
  readonly acceptSchema: (id: string) => boolean;
  readonly list: () => readonly TargetSettings[];
  /** Stores the changed list in the settings, from where it takes effect. */
  readonly changeList: (change: (list: readonly TargetSettings[]) => TargetSettings[]) => Promise<Outcome<unknown>>;
}

const shown = (status: TargetStatus): TargetStatus => ({
  ...status,
  settings: redactSettings(status.settings, { isForFile: false }),
});

export function targetsProcedures(deps: TargetsDeps) {
  const os = implement(targetsContract);
  return os.router({
    targets: {
      list: os.targets.list.handler(() => deps.statuses().map(shown)),
      save: os.targets.save.handler(async ({ input, errors }) => {
        const unusable = input.kind === 'log' ? refusedPattern(input.patterns) : undefined;
        if (unusable !== undefined) valueOrThrow({ ok: false, failure: unusable }, errors);
        valueOrThrow(await deps.changeList((list) => [...list.filter(({ id }) => id !== input.id), input]), errors);
        const status = deps.statuses().find(({ settings }) => settings.id === input.id);
        return shown(
          status ?? {
            settings: input,
            state: 'starting',
            kind: 'starting',
            message: 'Not looked at yet.',
            facts: [],
            at: null,
          },
        );
      }),
      remove: os.targets.remove.handler(async ({ input, errors }) => {
        valueOrThrow(await deps.changeList((list) => list.filter(({ id }) => id !== input.id)), errors);
        return {};
      }),
      find: os.targets.find.handler(async () => {
        const watched = deps.list().flatMap((one) => (one.kind === 'sqlite' ? [one.path] : []));
        return (await deps.find()).filter(({ path }) => !watched.includes(path));
      }),
      test: os.targets.test.handler(({ input }) =>
        deps.test(
          restoreHidden(
            input,
            deps.list().find(({ id }) => id === input.id),
          ),
        ),
      ),
      acceptSchema: os.targets.acceptSchema.handler(({ input, errors }) => {
        if (!deps.acceptSchema(input.id))
          valueOrThrow(failed('no-such-target', `There is no target called ${input.id}.`, 'Reload the list.'), errors);
        deps.refresh(input.id);
        return {};
      }),
      refresh: os.targets.refresh.handler(({ input }) => {
        deps.refresh(input.id);
        return {};
      }),
    },
  });
}
