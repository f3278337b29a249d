/** Takes over from one store's file into another what can be read and proves to be whole. Never overwrites. */
import type { Database } from 'better-sqlite3';
import { isIntact } from '../codec/block.ts';
import { blocksOf, SegmentBuilder } from '../codec/segment.ts';
import { decodeHeadRow } from '../head/head-row.ts';

export interface Copied {
  readonly ticks: number;
  readonly blocks: number;
  /** Rows that were there and not whole, as far as one can tell. */
  readonly refused: number;
}

export function copyReadable(source: Database, target: Database): Copied {
  let [ticks, blocks, refused] = [0, 0, 0];
  const copy = target.transaction(() => {
    for (const table of tablesOf(target)) {
      if (table === 'head' || table === 'segments') continue;
      copyTable(source, target, table);
    }
    const addTick = target.prepare('INSERT OR IGNORE INTO head (at, data) VALUES (?, ?)');
    for (const row of readableRows(source, 'head')) {
      try {
        decodeHeadRow(row.data as Buffer);
        ticks += addTick.run(row.at, row.data).changes;
      } catch {
        refused += 1;
      }
    }
    const isThere = target.prepare('SELECT 1 FROM segments WHERE level = ? AND start = ? AND first <= ? AND last >= ?');
    const add = target.prepare('INSERT INTO segments (level, start, first, last, data) VALUES (?, ?, ?, ?, ?)');
    for (const { level, start, first, last, data } of readableRows(source, 'segments')) {
      if (isThere.get(level, start, last, first) !== undefined) continue;
      try {
        const builder = new SegmentBuilder();
        for (const { series, block } of blocksOf(data as Buffer)) {
          if (isIntact(block)) builder.add(series, block);
          else refused += 1;
        }
        for (const segment of builder.finish()) {
          add.run(level, start, segment.first, segment.last, segment.data);
          blocks += 1;
        }
      } catch {
        refused += 1;
      }
    }
  });
  copy();
  return { ticks, blocks, refused };
}

type Row = Record<string, unknown>;

const tablesOf = (database: Database): string[] =>
  database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[];

/** Row by row, since any one may be refused by a key or a type. */
function copyTable(source: Database, target: Database, table: string): void {
  const columns = target.pragma(`table_info(${table})`) as { name: string }[];
  const names = columns.map(({ name }) => name);
  const insert = target.prepare(
    `INSERT OR IGNORE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  );
  // Gaps have no key of their own: they are the same where everything is.
  const isThere =
    table === 'gaps'
      ? target.prepare('SELECT 1 FROM gaps WHERE from_at = ? AND until_at = ? AND cause = ?')
      : undefined;
  for (const row of readableRows(source, table)) {
    try {
      if (isThere?.get(row.from_at, row.until_at, row.cause) !== undefined) continue;
      insert.run(names.map((name) => row[name] ?? null));
    } catch {
      // A row whose values do not fit its table is none of ours.
    }
  }
}

/** From the front up to the first damage, then from the end down to it: one bad page costs its own rows only. */
function* readableRows(database: Database, table: string): Generator<Row> {
  const seen = new Set<unknown>();
  for (const direction of ['ASC', 'DESC']) {
    try {
      const hasRowid = !/WITHOUT ROWID/i.test(
        database.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table) as string,
      );
      const order = hasRowid ? `ORDER BY rowid ${direction}` : '';
      const key = hasRowid ? 'rowid AS copyKey, ' : '';
      for (const row of database.prepare(`SELECT ${key}* FROM ${table} ${order}`).iterate() as Iterable<Row>) {
        if (hasRowid) {
          if (direction === 'DESC' && seen.has(row.copyKey)) break;
          seen.add(row.copyKey);
        }
        yield row;
      }
      return;
    } catch {
      // On to the other end.
    }
  }
}
