/** The store as it runs on its own thread: one connection, plain synchronous functions over it. */
import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { Gap, GapCause } from '../contract/batch.ts';
import type { RangeAnswer, RangeQuery, StoredSeries } from '../contract/history.ts';
import { ColumnBuilder } from './columns.ts';
import { decodeHeadRow, encodeHeadRow } from './head-row.ts';
import { type OpenedStore, openDatabase } from './open-database.ts';
import { recordHandlers } from './records/index.ts';
import type { StoreRung } from './store-types.ts';

export interface NewSeries {
  readonly id: number;
  readonly key: string;
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface AppendTick {
  readonly at: number;
  readonly newSeries: readonly NewSeries[];
  readonly ids: Uint32Array;
  readonly values: Float64Array;
  readonly gaps: readonly Gap[];
}

export interface OpenAnswer {
  readonly rung: StoreRung;
  readonly message?: string;
  readonly series: readonly { readonly id: number; readonly key: string }[];
  readonly oldestAt: number | null;
  readonly newestAt: number | null;
  readonly sizeBytes: number;
}

interface SeriesRow {
  readonly id: number;
  readonly key: string;
  readonly metric: string;
  readonly labels: string;
  readonly first_at: number;
}

/** What the store thread can be asked; `workers/store.worker.ts` serves it. */
export function createStoreThread(path: string) {
  let opened: OpenedStore | undefined;
  const database = (): Database.Database => {
    if (opened === undefined) throw new Error('The store is not open');
    return opened.database;
  };

  return {
    open(_: null): OpenAnswer {
      opened = openDatabase(path);
      const bounds = database().prepare('SELECT min(at) AS oldest, max(at) AS newest FROM head').get() as {
        oldest: number | null;
        newest: number | null;
      };
      return {
        rung: opened.rung,
        ...(opened.message !== undefined && { message: opened.message }),
        series: database().prepare('SELECT id, key FROM series').all() as { id: number; key: string }[],
        oldestAt: bounds.oldest,
        newestAt: bounds.newest,
        sizeBytes: sizeOf(path),
      };
    },

    /** All of it or nothing: a tick is never half there, and repeating one that was committed changes nothing. */
    append(ticks: readonly AppendTick[]): { readonly sizeBytes: number } {
      const db = database();
      const addSeries = db.prepare(
        'INSERT INTO series (id, key, metric, labels, first_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      );
      const addRow = db.prepare('INSERT INTO head (at, data) VALUES (?, ?) ON CONFLICT DO NOTHING');
      const addGap = db.prepare('INSERT INTO gaps (from_at, until_at, cause, source) VALUES (?, ?, ?, ?)');
      db.transaction(() => {
        for (const { at, newSeries, ids, values, gaps } of ticks) {
          for (const { id, key, metric, labels } of newSeries)
            addSeries.run(id, key, metric, JSON.stringify(labels), at);
          if (addRow.run(at, encodeHeadRow({ ids, values })).changes === 0) continue;
          for (const gap of gaps) addGap.run(gap.from, gap.until, gap.cause, gap.source ?? null);
        }
      })();
      return { sizeBytes: sizeOf(path) };
    },

    range(query: RangeQuery): RangeAnswer {
      const { from, until } = query;
      const stepMs = Math.max(1000, Math.ceil((until - from) / query.columns));
      const chosen = selectSeries(database(), query.series);
      const columns = new Map(chosen.map((series) => [series.id, new ColumnBuilder(from, stepMs)]));
      const rows = database().prepare('SELECT at, data FROM head WHERE at >= ? AND at < ? ORDER BY at');
      for (const { at, data } of rows.iterate(from, until) as Iterable<{ at: number; data: Buffer }>) {
        const { ids, values } = decodeHeadRow(data);
        for (let index = 0; index < ids.length; index += 1)
          columns.get(ids[index] as number)?.add(at, values[index] as number);
      }
      return {
        from,
        until,
        stepMs,
        resolution: 'raw',
        series: chosen.map(({ id, key, metric, labels }) => ({
          key,
          metric,
          labels: JSON.parse(labels) as Record<string, string>,
          ...(columns.get(id) as ColumnBuilder).finish(),
        })),
        gaps: gapsBetween(database(), from, until),
      };
    },

    listSeries(_: null): readonly StoredSeries[] {
      const rows = database().prepare('SELECT id, key, metric, labels, first_at FROM series').all() as SeriesRow[];
      const lastAt = (database().prepare('SELECT max(at) FROM head').pluck().get() as number | null) ?? 0;
      return rows.map((row) => ({
        key: row.key,
        metric: row.metric,
        labels: JSON.parse(row.labels) as Record<string, string>,
        firstAt: row.first_at,
        lastAt,
      }));
    },

    ...recordHandlers(database),

    close(_: null): void {
      opened?.database.close();
      opened = undefined;
    },
  };
}

export type StoreThread = ReturnType<typeof createStoreThread>;

function selectSeries(database: Database.Database, selectors: readonly string[]): SeriesRow[] {
  const byKey = database.prepare('SELECT id, key, metric, labels, first_at FROM series WHERE key = ? OR metric = ?');
  const found = new Map<number, SeriesRow>();
  for (const selector of selectors)
    for (const row of byKey.all(selector, selector) as SeriesRow[]) found.set(row.id, row);
  return [...found.values()];
}

function gapsBetween(database: Database.Database, from: number, until: number): Gap[] {
  const rows = database
    .prepare('SELECT from_at, until_at, cause, source FROM gaps WHERE until_at > ? AND from_at < ? ORDER BY from_at')
    .all(from, until);
  return (rows as { from_at: number; until_at: number; cause: GapCause; source: string | null }[]).map((row) => ({
    from: row.from_at,
    until: row.until_at,
    cause: row.cause,
    ...(row.source !== null && { source: row.source }),
  }));
}

/** File, WAL and shared memory, bytes. */
function sizeOf(path: string): number {
  return ['', '-wal', '-shm'].reduce(
    (sum, suffix) => sum + (statSync(path + suffix, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
