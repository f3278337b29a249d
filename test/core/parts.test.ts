/** Each part can be made and started alone: from a foundation and the few others that it names. */

import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { analyseCapacity } from '../../src-main/analysis/capacity.ts';
import { createFoundation } from '../../src-main/core/foundation.ts';
import type { Part } from '../../src-main/core/part.ts';
import { createDemo } from '../../src-main/core/parts/demo.ts';
import { createDoctorPart, createRecovery } from '../../src-main/core/parts/doctor.ts';
import { createMessages } from '../../src-main/core/parts/messages.ts';
import { createOwnAddresses } from '../../src-main/core/parts/own-addresses.ts';
import { createReportingPart } from '../../src-main/core/parts/reporting.ts';
import { createSampling } from '../../src-main/core/parts/sampling.ts';
import { createStore } from '../../src-main/core/parts/store.ts';
import { createTargets } from '../../src-main/core/parts/targets.ts';
import { startMonitor } from '../../src-main/monitor.ts';
import { createScheduler } from '../../src-main/sampling/scheduler.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/temporary.ts';

const foundationIn = (dataDir: string) =>
  createFoundation({ clock: new FakeClock(), dataDir, shell: 'headless', version: '1.0.0', isDemo: false }).api;

async function started(part: Part): Promise<void> {
  await part.start?.();
  onTestFinished(async () => part.stop?.());
}

describe('a part alone', () => {
  it('store: opens the history in its data directory', async () => {
    const { api, part } = await createStore(foundationIn(temporaryFolder()));
    await started(part);
    expect(api.status().state).toBe('storing');
  });

  it('sampling: knows its sources before it ticks', async () => {
    const base = foundationIn(temporaryFolder());
    const store = await createStore(base);
    await started(store.part);
    const { api, part } = createSampling({ ...base, store: store.api });
    await started(part);
    expect(api.scheduler.statuses().map(({ id }) => id)).toContain('cpu');
    expect(api.scheduler.tickStatistics().ticks).toBe(0);
    expect(createMessages(api).api.speaker('de').name('metric.system_cpu_percent')).toBe('CPU');
    await api.scheduler.close();
  });

  it('targets and reporting: add their sources to the scheduler that they are given', async () => {
    const base = foundationIn(temporaryFolder());
    const scheduler = createScheduler({ clock: base.clock });
    const processes = {
      source: [] as never,
      table: () => undefined,
      identityOf: () => undefined,
      find: () => undefined,
      childrenOf: () => [],
      named: () => undefined,
    };
    const targets = createTargets({ ...base, scheduler, processes, capacity: analyseCapacity({} as never) });
    const reporting = createReportingPart({
      ...base,
      scheduler,
      cost: {
        usage: { hasRoomFor: () => true, add: () => {}, flush: async () => {} },
        before: { ids: [], states: new Map() },
      },
    });
    await base.settings.update({
      targets: {
        ...base.settings.current.targets,
        list: [{ kind: 'log', id: 'a', title: 'A', path: '/a.log' } as never],
      },
    });
    await started(targets.part);
    await started(reporting.part);
    const ids = scheduler.statuses().map(({ id }) => id);
    expect(ids).toContain('log-target:a');
    expect(ids).toContain('application-events');
  });

  it('doctor: puts in order what a crash left, where there is anything', async () => {
    const base = foundationIn(temporaryFolder());
    const ownAddresses = createOwnAddresses().api;
    const demo = createDemo({ ...base, ownAddresses });
    const released: string[] = [];
    const targets = {
      release(file: string) {
        released.push(file);
        return { [Symbol.dispose]: () => {} };
      },
    };
    const doctor = createDoctorPart({ ...base, targets, demo: demo.api });
    const recovery = createRecovery({ ...base, doctor: doctor.api });
    await started(doctor.part);
    await started(recovery.part);
    expect(base.notifications.notifications).toEqual([]);
  });

  it('demo: starts nothing that nobody asked for', async () => {
    const base = foundationIn(temporaryFolder());
    const ownAddresses = createOwnAddresses().api;
    const demo = createDemo({ ...base, ownAddresses });
    await started(demo.part);
    ownAddresses.announce([{ name: 'dashboard', wanted: 5000, actual: 5000 }]);
    base.hub.emit('serversStarted', undefined);
    await using _nothing = await demo.api.release('/any.db');
    expect(ownAddresses.addresses().apiUrl).toBe('http://127.0.0.1:5000');
  });
});

describe('a start that fails', () => {
  it('ends with everything closed, so that the next one finds the place free', async () => {
    const dataDir = temporaryFolder();
    const options = { clock: new FakeClock(), dataDir, shell: 'headless', version: '1.0.0', isDemo: false } as const;
    const signal = AbortSignal.abort(new Error('A stop was asked for'));
    await expect(startMonitor({ ...options, apiPort: 0, metricsPort: 0, signal })).rejects.toThrow(
      'A stop was asked for',
    );
    const monitor = await startMonitor({ ...options, apiPort: 0, metricsPort: 0 });
    expect(monitor.ports.every(({ actual }) => actual !== null)).toBe(true);
    expect(await monitor.stop()).toEqual({ hung: [] });
  });

  it('says so where the data directory is a file', async () => {
    const file = join(temporaryFolder(), 'a-file');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(file, '');
    const options = { clock: new FakeClock(), shell: 'headless', version: '1.0.0', isDemo: false } as const;
    await expect(startMonitor({ ...options, dataDir: file })).rejects.toThrow('is a file');
    await expect(startMonitor({ ...options, dataDir: '/proc/nope' })).rejects.toThrow(/\/proc/);
  });
});
