/** The sample application, once there is an address to report to; only where the user asked for it. */
import { type Demo, demoPaths, startDemo } from '../../demo/start-demo.ts';
import { forkNodeProcess } from '../../platform/node-process.ts';
import { realPath } from '../../platform/paths.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';
import type { OwnAddresses } from './own-addresses.ts';

export interface DemoPart {
  /** Makes the sample application let go of this file, where it is its own, until disposed. */
  release(file: string): Promise<AsyncDisposable>;
}

const nothingHeld: AsyncDisposable = { [Symbol.asyncDispose]: async () => {} };
const noDemo: Demo = { pause: async () => nothingHeld, stop: async () => {} };

export function createDemo(deps: Foundation & { readonly ownAddresses: OwnAddresses }): Module<DemoPart> {
  const { clock, options, paths, hub, ownAddresses } = deps;
  let demo = noDemo;
  const subscription = hub.on('serversStarted', () => {
    const { apiUrl } = ownAddresses.addresses();
    if (!options.isDemo || apiUrl === null) return;
    demo = startDemo({
      folder: paths.demo,
      eventsUrl: `${apiUrl}/api/events`,
      clock,
      startProcess: options.startProcess ?? forkNodeProcess,
    });
  });
  return {
    api: {
      release: async (file) =>
        options.isDemo && realPath(file) === realPath(demoPaths(paths.demo).database)
          ? await demo.pause()
          : nothingHeld,
    },
    part: {
      name: 'demo',
      async stop() {
        subscription[Symbol.dispose]();
        await demo.stop();
      },
    },
  };
}
