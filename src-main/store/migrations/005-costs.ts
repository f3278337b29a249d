import { cellSums } from '../../contract/cost/cells.ts';
import type { Migration } from './migration.ts';

/** What AI calls used and cost. */
export const costs: Migration = {
  version: 5,
  sentence: 'the ledger of AI calls: sums by quarter of an hour, ids that were counted, where counters stand',
  sql: `
    -- origin: the ledger that counted it; another one's came by an import.
    CREATE TABLE cost_cells (
      origin TEXT NOT NULL,
      at INTEGER NOT NULL,
      provider TEXT NOT NULL,
      model TEXT NOT NULL,
      service TEXT NOT NULL,
      currency TEXT NOT NULL,
      basis TEXT NOT NULL,
      ${cellSums.map((name) => `${name} REAL NOT NULL`).join(',\n      ')},
      PRIMARY KEY (at, provider, model, service, currency, basis, origin)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE cost_ids (number INTEGER PRIMARY KEY AUTOINCREMENT, hash INTEGER NOT NULL) STRICT;
    CREATE TABLE cost_states (key TEXT PRIMARY KEY, value TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
};
