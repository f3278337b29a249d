/** Watched databases and services: the procedures of contract/targets.ts. Adding one is a change of settings. */
import { implement } from '@orpc/server';
import { failed, type Outcome } from '../contract/outcome.ts';
import { type TargetSettings, targetSecretNames } from '../contract/settings/targets.ts';
import { type FoundDatabase, type TargetFinding, type TargetStatus, targetsContract } from '../contract/targets.ts';
import { hiddenPart, redactSettings, restoreHidden } from '../contract/text/redact.ts';
import { type SecretStore, targetSecret } from '../settings/secrets.ts';
import { refusedPattern } from '../targets/log/refused-pattern.ts';
import { valueOrThrow } from './value-or-throw.ts';

export interface TargetsDeps {
  readonly statuses: () => readonly TargetStatus[];
  readonly test: (settings: TargetSettings) => Promise<TargetFinding>;
  readonly find: () => Promise<readonly FoundDatabase[]>;
  readonly refresh: (id: string) => void;
  readonly acceptSchema: (id: string) => boolean;
  readonly list: () => readonly TargetSettings[];
  readonly secrets: SecretStore;
  /** Stores the changed list in the settings, from where it takes effect. */
  readonly changeList: (change: (list: readonly TargetSettings[]) => TargetSettings[]) => Promise<Outcome<unknown>>;
}

const shown =
  (secretNames: readonly string[]) =>
  (status: TargetStatus): TargetStatus => ({
    ...status,
    settings: redactSettings(status.settings, { isForFile: false }),
    secretsSet: targetSecretNames.filter((name) => secretNames.includes(targetSecret(status.settings.id, name))),
  });

/**
 * What belongs with the secrets, and the settings without it. A value that comes back hidden is one of the settings.
 */
function withoutSecrets(input: TargetSettings): {
  readonly settings: TargetSettings;
  readonly given: readonly (readonly [name: string, value: string])[];
} {
  const given = Object.entries(input).filter(
    ([name, value]) => targetSecretNames.includes(name) && value !== '' && !String(value).includes(hiddenPart),
  ) as [string, string][];
  return { settings: { ...input, ...Object.fromEntries(given.map(([name]) => [name, ''])) } as TargetSettings, given };
}

export function targetsProcedures(deps: TargetsDeps) {
  const os = implement(targetsContract);
  return os.router({
    targets: {
      list: os.targets.list.handler(async () => deps.statuses().map(shown(await deps.secrets.names()))),
      save: os.targets.save.handler(async ({ input, errors }) => {
        const unusable = input.kind === 'log' ? refusedPattern(input.patterns) : undefined;
        if (unusable !== undefined) valueOrThrow({ ok: false, failure: unusable }, errors);
        const { settings: saved, given } = withoutSecrets(input);
        // Before the settings: the first look uses them.
        for (const [name, value] of given) await deps.secrets.set(targetSecret(saved.id, name), value);
        valueOrThrow(await deps.changeList((list) => [...list.filter(({ id }) => id !== saved.id), saved]), errors);
        const status = deps.statuses().find(({ settings }) => settings.id === saved.id);
        return shown(await deps.secrets.names())(
          status ?? {
            settings: saved,
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
        for (const name of await deps.secrets.names())
          if (name.startsWith(targetSecret(input.id, ''))) await deps.secrets.delete(name);
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
      forgetSecret: os.targets.forgetSecret.handler(async ({ input }) => {
        await deps.secrets.delete(targetSecret(input.id, input.name));
        return {};
      }),
      acceptSchema: os.targets.acceptSchema.handler(({ input, errors }) => {
        if (!deps.acceptSchema(input.id)) valueOrThrow(failed('no-such-target', { target: input.id }), errors);
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
