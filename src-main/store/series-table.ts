/** Names and numbers of the series. */
import type { Database } from 'better-sqlite3';
import type { ExportQuery } from '../contract/history.ts';
import type { Labels } from '../contract/metric.ts';

export interface SeriesRow {
  readonly id: number;
  readonly key: string;
  readonly metric: string;
  readonly labels: Labels;
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface NewSeries {
  readonly id: number;
  readonly key: string;
  readonly metric: string;
  readonly labels: Labels;
}

const columns = 'id, key, metric, labels, first_at AS firstAt, last_at AS lastAt';
const parse = (row: unknown): SeriesRow => ({
  ...(row as SeriesRow),
  labels: JSON.parse((row as { labels: string }).labels) as Labels,
});

export const allSeries = (database: Database): SeriesRow[] =>
  database.prepare(`SELECT ${columns} FROM series ORDER BY id`).all().map(parse);

/** Those that are asked for; without names all that had begun by then. */
export const exportedSeries = (database: Database, { series, until }: ExportQuery): SeriesRow[] =>
  series.length === 0 ? allSeries(database).filter(({ firstAt }) => firstAt < until) : selectSeries(database, series);

/** By key, or all of a metric; in the order asked for. */
export function selectSeries(database: Database, selectors: readonly string[]): SeriesRow[] {
  const matching = database.prepare(`SELECT ${columns} FROM series WHERE key = ? OR metric = ? ORDER BY id`);
  const found = new Map<number, SeriesRow>();
  for (const selector of selectors)
    for (const row of matching.all(selector, selector).map(parse)) found.set(row.id, row);
  return [...found.values()];
}

/** Inside the caller's transaction. */
export function addSeries(database: Database, series: readonly NewSeries[], at: number): void {
  if (series.length === 0) return;
  const insert = database.prepare(
    'INSERT INTO series (id, key, metric, labels, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  for (const { id, key, metric, labels } of series) insert.run(id, key, metric, JSON.stringify(labels), at, at);
}
