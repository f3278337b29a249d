/** What the probe thread can be asked; every argument and result survives structured cloning. */

import type { LogQuestion, LogReading } from './log/log-types.ts';
import type { Holders, HoldersQuestion } from './sqlite/find-holders.ts';
import type { SqliteQuestion, SqliteReport } from './sqlite/sqlite-report.ts';

export type ProbeHandlers = {
  /** Answers once the rest can be asked. */
  ready: (question: null) => true;
  sqlite: (question: SqliteQuestion) => SqliteReport;
  holders: (question: HoldersQuestion) => Holders;
  log: (question: LogQuestion) => LogReading;
};
