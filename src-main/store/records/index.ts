/** Records of other parts that live in the store's file: the thread's functions, and the main thread's end of them. */
import type { Database } from 'better-sqlite3';
import type { HistoryQuery } from '../../contract/alerts/alert-procedures.ts';
import type { ExportedCell } from '../../contract/cost/cells.ts';
import type { CostQuery, CostRecords, CostWrite } from '../../contract/cost/records.ts';
import type { WorkerClient } from '../../workers/protocol.ts';
import { loadRecords, pruneRecords, readFigures, readHistory, writeRecords } from './alerts.ts';
import { readAnnotations } from './annotations.ts';
import { exportCosts, importCosts, loadCosts, readCosts, writeCosts } from './costs.ts';
import { readDeliveryLog } from './outbox.ts';
import type { AlertRecords, DeliveryLogQuery, RecordOperation } from './record-types.ts';

export const recordHandlers = (database: () => Database) => ({
  writeRecords: (operations: readonly RecordOperation[]) => writeRecords(database(), operations),
  loadRecords: (_: null) => loadRecords(database()),
  alertHistory: (query: HistoryQuery) => readHistory(database(), query),
  alertFigures: (range: { readonly from: number; readonly until: number }) => readFigures(database(), range),
  deliveryLog: (query: DeliveryLogQuery) => readDeliveryLog(database(), query),
  annotations: (range: { readonly from: number; readonly until: number }) => readAnnotations(database(), range),
  pruneRecords: (before: number) => pruneRecords(database(), before),
  writeCosts: (write: CostWrite) => writeCosts(database(), write),
  loadCosts: (_: null) => loadCosts(database()),
  readCosts: (query: CostQuery) => readCosts(database(), query),
  exportCosts: (range: { readonly from: number; readonly until: number }) => exportCosts(database(), range),
  importCosts: (cells: readonly ExportedCell[]) => importCosts(database(), cells),
});

export const createRecordClient = (thread: WorkerClient<ReturnType<typeof recordHandlers>>): AlertRecords => ({
  write: (operations) => thread.call('writeRecords', operations),
  load: () => thread.call('loadRecords', null),
  history: (query) => thread.call('alertHistory', query),
  figures: (range) => thread.call('alertFigures', range),
  deliveryLog: (query) => thread.call('deliveryLog', query),
  annotations: (range) => thread.call('annotations', range),
  prune: (before) => thread.call('pruneRecords', before),
});

export const createCostClient = (thread: WorkerClient<ReturnType<typeof recordHandlers>>): CostRecords => ({
  write: (write) => thread.call('writeCosts', write),
  load: () => thread.call('loadCosts', null),
  read: (query) => thread.call('readCosts', query),
  export: (range) => thread.call('exportCosts', range),
  import: (cells) => thread.call('importCosts', cells),
});
