/**
 * What the monitor is: its parts, each made from what stands above it, in the order of the data path. Needs no
 * Electron. To add a part (an analysis, an engine to send to): a file in `core/parts/` and a line here.
 */
import type { Router } from './api/router.ts';
import type { PortInUse } from './contract/live.ts';
import { createFoundation } from './core/foundation.ts';
import { Lifecycle, type Stopped } from './core/lifecycle.ts';
import type { MonitorOptions } from './core/monitor-options.ts';
import { createAlerting } from './core/parts/alerting.ts';
import { createAnnotationsPart } from './core/parts/annotations.ts';
import { createCost } from './core/parts/cost.ts';
import { createDemo } from './core/parts/demo.ts';
import { createDoctorPart, createRecovery } from './core/parts/doctor.ts';
import { createExplain } from './core/parts/explain.ts';
import { createHttp } from './core/parts/http.ts';
import { createLive, createWindow } from './core/parts/live.ts';
import { createMessages } from './core/parts/messages.ts';
import { createOwnAddresses } from './core/parts/own-addresses.ts';
import { createProcedures } from './core/parts/procedures.ts';
import { createProcesses } from './core/parts/processes.ts';
import { createReportingPart } from './core/parts/reporting.ts';
import { createSampling } from './core/parts/sampling.ts';
import { createStore } from './core/parts/store.ts';
import { createTargets } from './core/parts/targets.ts';
import { createTicking } from './core/parts/ticking.ts';
import type { Addresses } from './http/addresses.ts';
import type { LiveFeed } from './live/live-feed.ts';
import type { Catalogue } from './messages/catalogue.ts';
import type { SettingsStore } from './settings/settings-store.ts';

export type { MonitorOptions } from './core/monitor-options.ts';

export interface Monitor {
  readonly live: LiveFeed;
  readonly settings: Pick<SettingsStore, 'current' | 'subscribe'>;
  /** The procedures; loaded with their library when a screen first connects, since most hours nobody looks. */
  loadRouter(): Promise<Router>;
  readonly ports: readonly PortInUse[];
  readonly addresses: Addresses;
  readonly messages: Catalogue;
  /** @returns when sampling goes on by itself, ms since the epoch */
  pause(ms: number): number;
  resume(): void;
  /** Idempotent; resolves within five seconds, with everything written and released but for the parts it names. */
  stop(): Promise<Stopped>;
}

/**
 * Samples when it resolves.
 * @throws where the data directory can't be used or a part can't start, with everything closed again
 */
export async function startMonitor(options: MonitorOptions): Promise<Monitor> {
  const foundation = createFoundation(options);
  const base = foundation.api;
  const { clock, logger, settings } = base;
  const lifecycle = new Lifecycle(clock, logger);
  const add = lifecycle.add.bind(lifecycle);
  try {
    add(foundation);
    const store = add(await createStore(base));
    const sampling = add(createSampling({ ...base, store }));
    const ownAddresses = add(createOwnAddresses());
    const messages = add(createMessages(sampling));
    const cost = add(await createCost({ ...base, ...sampling, store }));
    const reporting = add(createReportingPart({ ...base, ...sampling, cost }));
    const targets = add(createTargets({ ...base, ...sampling }));
    const window = add(createWindow());
    const explain = add(createExplain({ ...sampling, window, targets }));
    const alerting = add(await createAlerting({ ...base, ...sampling, store, messages, explain, ownAddresses }));
    const live = add(createLive({ ...base, ...sampling, store, window, explain, alerting, ownAddresses }));
    const demo = add(createDemo({ ...base, ownAddresses }));
    const doctor = add(createDoctorPart({ ...base, targets, demo }));
    const annotations = add(createAnnotationsPart({ ...base, store, doctor }));
    const processDesk = add(createProcesses({ ...base, ...sampling, annotations }));
    add(createTicking({ ...base, ...sampling, store, live }));
    const loadRouter = add(
      createProcedures({
        ...base,
        ...sampling,
        store,
        cost,
        live,
        targets,
        messages,
        alerting,
        annotations,
        doctor,
        processDesk,
      }),
    );
    const token = add(createHttp({ ...base, live, loadRouter, reporting, cost, ownAddresses }));
    add(createRecovery({ ...base, doctor }));
    await lifecycle.start(options.signal);
    logger.info('The monitor runs', { version: options.version, dataDir: options.dataDir, pid: process.pid });
    return {
      live: live.feed,
      settings,
      messages,
      loadRouter,
      ports: ownAddresses.ports,
      addresses: ownAddresses.addresses({ token: token.current, now: clock.now() }),
      pause: live.pause.pause,
      resume: live.pause.resume,
      stop: () => lifecycle.stop(),
    };
  } catch (error) {
    await lifecycle.stop();
    throw error;
  }
}
