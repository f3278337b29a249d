/** Live state, settings, pause, about: the procedures of contract/system.ts. */
import { implement } from '@orpc/server';
import { type MetricDescription, metricInfo } from '../contract/metric.ts';
import { defaultSettings, type Settings } from '../contract/settings/settings.ts';
import { type About, systemContract } from '../contract/system.ts';
import { redactSettings } from '../contract/text/redact.ts';
import { type LiveFeed, watchFrames } from '../live/live-feed.ts';
import type { LiveWindow } from '../live/live-window.ts';
import type { Clock } from '../platform/clock.ts';
import { openExport, sealExport } from '../settings/sealed-export.ts';
import type { SecretStore } from '../settings/secrets.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { valueOrThrow } from './value-or-throw.ts';

export interface SystemDeps {
  readonly clock: Clock;
  readonly live: LiveFeed;
  readonly window: LiveWindow;
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  readonly about: () => About;
  readonly metrics: () => readonly MetricDescription[];
  readonly pause: (ms: number) => number;
  readonly resume: () => void;
  readonly supportBundle: () => string;
  readonly dismissNotification: (kind: string) => void;
}

/** To a screen, which may be looked at by others. */
const shown = (settings: Settings): Settings => redactSettings(settings, { isForFile: false });

export function systemProcedures(deps: SystemDeps) {
  const os = implement(systemContract);
  const allSecrets = async (): Promise<Record<string, string>> => {
    const found: Record<string, string> = {};
    for (const name of await deps.secrets.names()) {
      const value = await deps.secrets.get(name);
      if (value !== undefined) found[name] = value;
    }
    return found;
  };
  return os.router({
    live: {
      watch: os.live.watch.handler(({ input, signal }) => watchFrames(deps.live, input.select, signal)),
      recent: os.live.recent.handler(({ input }) => deps.window.recent(input.select, input.seconds, deps.clock.now())),
      series: os.live.series.handler(() =>
        deps.window.series().map((one) => ({ ...one, metric: metricInfo(one.metric) })),
      ),
    },
    metrics: { list: os.metrics.list.handler(() => deps.metrics().map(metricInfo)) },
    settings: {
      get: os.settings.get.handler(() => ({
        settings: shown(deps.settings.current),
        defaults: defaultSettings,
      })),
      update: os.settings.update.handler(async ({ input, errors }) =>
        shown(valueOrThrow(await deps.settings.update(input), errors)),
      ),
      save: os.settings.save.handler(async ({ input, errors }) =>
        shown(valueOrThrow(await deps.settings.update(input), errors)),
      ),
      export: os.settings.export.handler(async ({ input }) => {
        const { current } = deps.settings;
        if (input?.passphrase !== undefined)
          return { json: await sealExport({ settings: current, secrets: await allSecrets() }, input.passphrase) };
        return { json: `${JSON.stringify(redactSettings(current, { isForFile: true }), null, 2)}\n` };
      }),
      import: os.settings.import.handler(async ({ input, errors }) => {
        const opened = await openExport(input.json, input.passphrase);
        if (opened === undefined) return shown(valueOrThrow(await deps.settings.importJson(input.json), errors));
        const { settings, secrets } = valueOrThrow(opened, errors);
        const imported = valueOrThrow(await deps.settings.importJson(JSON.stringify(settings)), errors);
        for (const [name, value] of Object.entries(secrets)) await deps.secrets.set(name, value);
        return shown(imported);
      }),
    },
    monitor: {
      about: os.monitor.about.handler(() => deps.about()),
      pause: os.monitor.pause.handler(({ input }) => ({ until: deps.pause(input.minutes * 60_000) })),
      resume: os.monitor.resume.handler(() => {
        deps.resume();
        return {};
      }),
      supportBundle: os.monitor.supportBundle.handler(() => ({ json: deps.supportBundle() })),
      dismissNotification: os.monitor.dismissNotification.handler(({ input }) => {
        deps.dismissNotification(input.kind);
        return {};
      }),
    },
  });
}
