/** What the user watches, and the demo's; follows the settings. */
import { demoTargets } from '../../demo/start-demo.ts';
import { targetSecret } from '../../settings/secrets.ts';
import { createTargetSet, type TargetSet } from '../../targets/target-set.ts';
import { type WatchedTargets, watchTargets } from '../../targets/watched-targets.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';
import type { Sampling } from './sampling.ts';

export interface Targets extends TargetSet, Pick<WatchedTargets, 'release'> {}

export function createTargets(deps: Foundation & Sampling): Module<Targets> {
  const { clock, options, paths, settings, secrets, hub, scheduler, processes } = deps;
  const targets = createTargetSet({
    clock,
    platform: process.platform,
    memoryPath: paths.targetMemory,
    processesNamed: processes.named,
    secret: (id, name) => secrets.get(targetSecret(id, name)),
    ...(options.startProcess !== undefined && { startProcess: options.startProcess }),
    profiles: deps.profiles,
    addSource: scheduler.add,
    removeSource: scheduler.remove,
    onFileReplaced: (file) => hub.emit('fileReplaced', file),
  });
  for (const source of targets.sources) scheduler.add(source);
  const watched = watchTargets(targets, () => [
    ...settings.current.targets.list,
    ...(options.isDemo ? demoTargets(paths.demo, deps.language()) : []),
  ]);
  const subscription = settings.subscribe((next, previous) => {
    if (next.targets !== previous.targets || next.profiles !== previous.profiles) watched.refresh();
  });
  return {
    api: { ...targets, release: watched.release },
    part: {
      name: 'targets',
      start: watched.refresh,
      async stop() {
        subscription[Symbol.dispose]();
        await targets.close();
      },
    },
  };
}
