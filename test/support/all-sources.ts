/** Every source of samples that there is, with what it needs, as tests of the plug-in lists want them. */
import { tmpdir } from 'node:os';
import { anomalySource } from '../../src-main/analysis/anomaly.ts';
import { analyseCapacity } from '../../src-main/analysis/capacity.ts';
import { forecastSource } from '../../src-main/analysis/forecast.ts';
import { createCollectors } from '../../src-main/collectors/index.ts';
import { databaseProfiles } from '../../src-main/contract/profile.ts';
import { type TargetKind, targetSchema } from '../../src-main/contract/settings/targets.ts';
import { createCostSource } from '../../src-main/cost/cost-source.ts';
import { createEventIntake } from '../../src-main/events/event-intake.ts';
import { createStatsdReceiver } from '../../src-main/events/statsd-receiver.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import type { Source } from '../../src-main/sampling/source.ts';
import { storeSource } from '../../src-main/store/store-source.ts';
import { DatabaseErrors } from '../../src-main/targets/database-errors.ts';
import { targetTypes } from '../../src-main/targets/index.ts';
import { watchOutdated } from '../../src-main/targets/outdated-targets.ts';
import { ProbeThread } from '../../src-main/targets/probe-thread.ts';
import { TargetMemory } from '../../src-main/targets/target-memory.ts';
import { watchTarget } from '../../src-main/targets/target-source.ts';

/** Settings of a target that is not there, for each kind. */
const absent: Record<TargetKind, object> = {
  sqlite: { path: '/nowhere/at-all.db', profile: 'hakgal' },
  http: { url: 'http://127.0.0.1:9/', timeoutSeconds: 1 },
  port: { host: '127.0.0.1', port: 9, timeoutSeconds: 1 },
  process: { name: 'no-such-program' },
  log: { path: '/nowhere/at-all.log' },
  container: { socket: '/nowhere.sock' },
  prometheus: { url: 'http://127.0.0.1:9/metrics', timeoutSeconds: 1 },
};

export function makeSources(roots: { readonly procRoot?: string; readonly sysRoot?: string } = {}) {
  const probes = new ProbeThread(systemClock);
  const databaseErrors = new DatabaseErrors();
  const deps = {
    clock: systemClock,
    platform: process.platform,
    probes,
    foreignSql: probes,
    memory: new TargetMemory(undefined),
    databaseErrors,
    profiles: () => databaseProfiles,
    secret: async () => undefined,
    processesNamed: () => ({ count: 0, cpu: 0, memoryBytes: 0 }),
  };
  const collectors = createCollectors({ clock: systemClock, platform: process.platform, dataDir: tmpdir(), ...roots });
  const kinds = Object.keys(targetTypes) as TargetKind[];
  const targets = kinds.map((kind) => {
    const settings = targetSchema.parse({ kind, id: 'absent', title: 'Absent', ...absent[kind] });
    return watchTarget(settings, deps, true).source;
  });
  const events = createEventIntake({ clock: systemClock });
  events.accept([
    { type: 'query', duration: 0.1 },
    { type: 'cache', hit: true, response_time: 0.1, cost: 1 },
  ]);
  const statsd = createStatsdReceiver(systemClock, 10);
  statsd.take('jobs:1|c\nno line');
  const all: readonly Source[] = [
    ...collectors,
    ...events.sources,
    ...targets,
    databaseErrors.source,
    watchOutdated(() => []),
    statsd.source,
  ];
  const close = async (): Promise<void> => {
    for (const source of all) await source.close?.();
    await probes.close();
  };
  /** Those that read the store; only described, never asked, where there is none. */
  const ofStore: readonly Source[] = [
    storeSource(() => ({}) as never),
    analyseCapacity({} as never).source,
    anomalySource({} as never, () => {}),
    forecastSource({} as never),
    createCostSource(async () => undefined, { months: new Map(), set: () => {} }).source,
  ];
  return { collectors, targets, all, ofStore, close };
}
