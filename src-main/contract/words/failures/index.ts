/** What could not be done, by the kind of its failure, and what helps: the only place of these words. */
import { sentences } from '../../text/message.ts';
import { alertAndTargetFailures } from './alerts-and-targets.ts';
import { databaseFailures } from './databases.ts';
import { jobFailures } from './jobs.ts';
import { processFailures } from './processes.ts';
import { repairFailures } from './repairs.ts';
import { requestFailures } from './requests.ts';
import { settingsFailures } from './settings.ts';

const all = {
  ...alertAndTargetFailures,
  ...databaseFailures,
  ...jobFailures,
  ...processFailures,
  ...repairFailures,
  ...requestFailures,
  ...settingsFailures,
};
type All = typeof all;

const nexts = Object.fromEntries(Object.entries(all).map(([code, { next }]) => [code, next])) as {
  readonly [C in keyof All]: All[C]['next'];
};

export const failureWords = sentences('failure', all);
export const failureNextWords = sentences('failure-next', nexts);

/** A kind, or `kind/variant` where one kind is said in several ways. */
export type FailureCode = keyof All;
