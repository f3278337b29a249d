/** Everything a renderer or a script may ask: one file an area, one line here. */
import { alertsContract } from './alerts/alert-procedures.ts';
import { incidentsContract } from './alerts/incidents.ts';
import { channelsContract } from './channels.ts';
import { costContract } from './cost/cost.ts';
import { doctorContract } from './doctor/doctor.ts';
import { formsContract } from './forms/form-procedures.ts';
import { historyContract } from './history.ts';
import { insightsContract } from './insights/insights-procedures.ts';
import { processesContract } from './processes.ts';
import { sourcesContract } from './sources.ts';
import { systemContract } from './system.ts';
import { targetsContract } from './targets.ts';
import { messagesContract } from './text/message-procedures.ts';

export const contract = {
  ...systemContract,
  ...historyContract,
  ...insightsContract,
  ...doctorContract,
  ...alertsContract,
  ...incidentsContract,
  ...channelsContract,
  ...formsContract,
  ...costContract,
  ...messagesContract,
  ...processesContract,
  ...sourcesContract,
  ...targetsContract,
};
