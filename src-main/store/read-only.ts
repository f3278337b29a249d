/** A history read from outside while its monitor may go on writing: one snapshot from first to last. Never writes. */
import Database from 'better-sqlite3';
import type { ExportPiece, ExportQuery } from '../contract/history.ts';
import { NewerStore } from './connect.ts';
import { gapsBetween } from './gap-table.ts';
import { Head } from './head/head.ts';
import { newestVersion, versionOf } from './migrations/migrations.ts';
import { costsIn } from './records/costs.ts';
import { SegmentTable } from './segment-table.ts';
import { allSeries, selectSeries } from './series-table.ts';
import { type ExportCursor, readExportPiece } from './transfer/export-piece.ts';

/**
 * What was asked for as the history calls it: /metrics shows names with `hakgal_` before them.
 * @throws what SQLite throws where there is no history
 */
export function findSeries(
  path: string,
  selectors: readonly string[],
): { readonly found: readonly string[]; readonly unknown: readonly string[] } {
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const isKnown = (selector: string): boolean => selectSeries(database, [selector]).length > 0;
    const found: string[] = [];
    const unknown: string[] = [];
    for (const selector of selectors) {
      const known = [selector, selector.replace(/^hakgal_/, '')].find(isKnown);
      if (known === undefined) unknown.push(selector);
      else found.push(known);
    }
    return { found, unknown };
  } finally {
    database.close();
  }
}

/** Throws what SQLite throws where there is no history, and NewerStore. */
export async function* exportFile(path: string, query: ExportQuery, signal?: AbortSignal): AsyncGenerator<ExportPiece> {
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const version = versionOf(database);
    if (version !== newestVersion)
      throw new NewerStore(`${path} has version ${version} of the history, this app reads ${newestVersion}`);
    database.exec('BEGIN');
    const past = { segments: new SegmentTable(database), head: new Head(database), onDamage: () => {} };
    const series = query.series.length === 0 ? allSeries(database) : selectSeries(database, query.series);
    const gaps = gapsBetween(database, query.from, query.until);
    let cursor: ExportCursor | undefined;
    do {
      const { piece, next } = await readExportPiece(past, query, series, gaps, costsIn(database, query), cursor, () =>
        signal?.throwIfAborted(),
      );
      yield piece;
      cursor = next;
    } while (cursor !== undefined);
  } finally {
    database.close();
  }
}
