/** Every procedure of the contract, fulfilled: does not compile until each has one. Used by every transport. */
import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import { type AlertsDeps, alertsProcedures } from './alerts.ts';
import { type ChannelsDeps, channelsProcedures } from './channels.ts';
import { type CostDeps, costProcedures } from './cost.ts';
import { doctorProcedures } from './doctor.ts';
import { formsProcedures } from './forms.ts';
import { historyProcedures } from './history.ts';
import { incidentsProcedures } from './incidents.ts';
import { type InsightsDeps, insightsProcedures } from './insights.ts';
import { messagesProcedures } from './messages.ts';
import { processesProcedures } from './processes.ts';
import { type SourcesDeps, sourcesProcedures } from './sources.ts';
import { type SystemDeps, systemProcedures } from './system.ts';
import { type TargetsDeps, targetsProcedures } from './targets.ts';

export interface RouterDeps {
  readonly system: SystemDeps;
  readonly history: Parameters<typeof historyProcedures>[0];
  readonly insights: InsightsDeps;
  readonly sources: SourcesDeps;
  readonly targets: TargetsDeps;
  readonly alerts: AlertsDeps;
  readonly channels: ChannelsDeps;
  readonly cost: CostDeps;
  readonly doctor: Parameters<typeof doctorProcedures>[0];
  readonly forms: Parameters<typeof formsProcedures>[0];
  readonly messages: Parameters<typeof messagesProcedures>[0];
  readonly processes: Parameters<typeof processesProcedures>[0];
}

export const createRouter = (deps: RouterDeps) =>
  implement(contract).router({
    ...systemProcedures(deps.system),
    ...historyProcedures(deps.history),
    ...insightsProcedures(deps.insights),
    ...sourcesProcedures(deps.sources),
    ...targetsProcedures(deps.targets),
    ...formsProcedures(deps.forms),
    ...messagesProcedures(deps.messages),
    ...processesProcedures(deps.processes),
    ...alertsProcedures(deps.alerts),
    ...incidentsProcedures({ clock: deps.alerts.clock, records: deps.alerts.records }),
    ...channelsProcedures(deps.channels),
    ...doctorProcedures(deps.doctor),
    ...costProcedures(deps.cost),
  });

export type Router = ReturnType<typeof createRouter>;
