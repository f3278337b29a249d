/** The probe thread: looks at databases and logs, one at a time, holding nothing open in between. */
import { parentPort } from 'node:worker_threads';
import { readLog } from '../targets/log/read-log.ts';
import type { ProbeHandlers } from '../targets/probe-handlers.ts';
import { findHolders } from '../targets/sqlite/find-holders.ts';
import { probeSqlite } from '../targets/sqlite/probe-sqlite.ts';
import { serve } from './protocol.ts';

const handlers: ProbeHandlers = {
  ready: () => true,
  sqlite: probeSqlite,
  holders: findHolders,
  log: readLog,
};

if (parentPort !== null) serve(parentPort, handlers);
