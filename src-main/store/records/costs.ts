/** The ledger of AI calls as rows. Runs on the store thread. */
import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import {
  addSums,
  type CellSums,
  type CostCell,
  cellSums,
  type ExportedCell,
  keyOf,
  noSums,
} from '../../contract/cost/cells.ts';
import type { CostAnswer, CostQuery, CostSpan, CostState, CostWrite } from '../../contract/cost/records.ts';
import type { ExportQuery } from '../../contract/history.ts';

/** As many ids as the memory of a running monitor holds. */
const keptIds = 131_072;

const keys = ['origin', 'at', 'provider', 'model', 'service', 'currency', 'basis'] as const;
const columns = [...keys, ...cellSums];
const put = `INSERT OR REPLACE INTO cost_cells (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`;
const find = `SELECT ${cellSums.join(', ')} FROM cost_cells WHERE ${keys.map((name) => `${name} = @${name}`).join(' AND ')}`;

function originOf(database: Database): string {
  const found = database.prepare(`SELECT value FROM cost_states WHERE key = 'origin'`).pluck().get() as
    | string
    | undefined;
  if (found !== undefined) return JSON.parse(found) as string;
  const origin = randomUUID();
  database
    .prepare(`INSERT INTO cost_states (key, value, at) VALUES ('origin', ?, ?)`)
    .run(JSON.stringify(origin), 8.64e15);
  return origin;
}

export function writeCosts(database: Database, { cells, ids, states, at }: CostWrite): void {
  database.transaction(() => {
    const origin = originOf(database);
    for (const cell of cells) {
      const there = database.prepare(find).get({ origin, ...cell }) as CellSums | undefined;
      const sums = { ...noSums(), ...there };
      addSums(sums, cell);
      database.prepare(put).run({ origin, ...cell, ...sums });
    }
    const addId = database.prepare('INSERT INTO cost_ids (hash) VALUES (?)');
    for (const id of ids) addId.run(id);
    if (ids.length > 0)
      database.prepare('DELETE FROM cost_ids WHERE number <= (SELECT max(number) FROM cost_ids) - ?').run(keptIds);
    for (const [key, value] of states)
      if (value === null) database.prepare('DELETE FROM cost_states WHERE key = ?').run(key);
      else
        database
          .prepare('INSERT OR REPLACE INTO cost_states (key, value, at) VALUES (?, ?, ?)')
          .run(key, JSON.stringify(value), Math.round(at));
  })();
}

export const loadCosts = (database: Database): CostState => ({
  ids: database.prepare('SELECT hash FROM cost_ids ORDER BY number').pluck().all() as number[],
  states: (
    database.prepare(`SELECT key, value FROM cost_states WHERE key <> 'origin' ORDER BY at`).all() as {
      key: string;
      value: string;
    }[]
  ).map(({ key, value }) => [key, JSON.parse(value) as unknown]),
});

/** Sums up on this thread, exactly; what goes over is a row for each model and day, not for each quarter of an hour. */
export function readCosts(database: Database, { edges }: CostQuery): CostAnswer {
  const rows = database.prepare(`SELECT ${columns.join(', ')} FROM cost_cells WHERE at >= ? AND at < ? ORDER BY at`);
  const spans: CostSpan[] = [];
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const [from, until] = [edges[index] as number, edges[index + 1] as number];
    const cells = new Map<string, CostCell & CellSums>();
    for (const row of rows.iterate(from, until) as Iterable<ExportedCell>) {
      const { origin: _, ...cell } = row;
      const summed = { ...cell, at: from };
      const there = cells.get(keyOf(summed));
      if (there === undefined) cells.set(keyOf(summed), summed);
      else addSums(there, summed);
    }
    spans.push({ from, cells: [...cells.values()] });
  }
  const firstAt = database.prepare('SELECT min(at) FROM cost_cells').pluck().get() as number | null;
  return { spans, firstAt };
}

export const exportCosts = (
  database: Database,
  { from, until }: { readonly from: number; readonly until: number },
): ExportedCell[] =>
  database
    .prepare(`SELECT ${columns.join(', ')} FROM cost_cells WHERE at > ? - 900000 AND at < ? ORDER BY at`)
    .all(from, until) as ExportedCell[];

/** The same cell of the same ledger is taken over where it knows more. */
export function importCosts(database: Database, cells: readonly ExportedCell[]): void {
  const weight = ({ calls, hits, input, output }: CellSums): number => calls + hits + input + output;
  database.transaction(() => {
    for (const cell of cells) {
      const there = database.prepare(find).get(cell) as CellSums | undefined;
      if (there === undefined || weight(cell) > weight(there)) database.prepare(put).run(cell);
    }
  })();
}

/** The ledger goes with an export of all of the history, not with one of some series. */
export const costsIn =
  (database: Database, { series, from, until }: ExportQuery) =>
  (): ExportedCell[] =>
    series.length === 0 ? exportCosts(database, { from, until }) : [];
