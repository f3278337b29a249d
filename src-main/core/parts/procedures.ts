/** The procedures of the contract, over the running parts. */
import type { Router } from '../../api/router.ts';
import type { CostDesk } from '../../cost/cost-desk.ts';
import type { Doctor } from '../../doctor/doctor-types.ts';
import type { Catalogue } from '../../messages/catalogue.ts';
import type { ProcessDesk } from '../../processes/process-desk.ts';
import type { Store } from '../../store/open-store.ts';
import { aboutThisRun } from '../about-this-run.ts';
import type { Alerting } from '../alerting.ts';
import type { Annotations } from '../annotations.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';
import { createRouterLoader } from '../procedures.ts';
import type { Live } from './live.ts';
import type { Sampling } from './sampling.ts';
import type { Targets } from './targets.ts';

export interface ProceduresPartDeps extends Foundation, Sampling {
  readonly store: Store;
  readonly live: Live;
  readonly targets: Targets;
  readonly messages: Catalogue;
  readonly alerting: Alerting;
  readonly annotations: Annotations;
  readonly doctor: Doctor;
  readonly cost: CostDesk;
  readonly processDesk: ProcessDesk;
}

export function createProcedures(deps: ProceduresPartDeps): Module<() => Promise<Router>> {
  const { options, startedAt, live, hub } = deps;
  const loadRouter = createRouterLoader({
    ...deps,
    about: () => aboutThisRun({ ...options, startedAt }),
    window: live.window,
    publisher: live.feed,
    pause: live.pause,
    processes: { processTable: deps.processes.table, desk: deps.processDesk },
    republish: () => hub.emit('viewChanged', undefined),
  });
  return { api: loadRouter, part: { name: 'procedures' } };
}
