/** The same samples in the two ways people keep them today: a row each in SQLite, and blocks of Prometheus. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { TickColumns } from '../../../src-main/store/transfer/read-table.ts';
import { requireDebian } from '../../support/peers/debian.ts';

/** Bytes of a table with a row a sample, clustered by series and time: the smallest that plain rows can be. */
export function plainRowBytes(path: string, chunks: Iterable<TickColumns>): number {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = OFF');
  database.exec(
    'CREATE TABLE samples (series INTEGER, at INTEGER, value REAL, PRIMARY KEY (series, at)) WITHOUT ROWID, STRICT',
  );
  const insert = database.prepare('INSERT INTO samples VALUES (?, ?, ?)');
  for (const chunk of chunks)
    database.transaction(() => eachSample(chunk, (column, at, value) => insert.run(column, at, value)))();
  database.exec('VACUUM');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  return bytesOf(path);
}

/**
 * Bytes of Prometheus blocks made by promtool from the same samples: index, chunks and metadata, without the
 * write-ahead log and the head that a running server has beside them. Or the reason why there is no promtool.
 */
export async function prometheusBytes(
  folder: string,
  keys: readonly string[],
  chunks: Iterable<TickColumns>,
): Promise<number | string> {
  const promtool = requireDebian('prometheus', 'promtool');
  if ('missing' in promtool) return promtool.missing;
  // OpenMetrics wants the samples of a series together, so the text is written series by series.
  const series = keys.map((): [at: number, value: number][] => []);
  for (const chunk of chunks) eachSample(chunk, (column, at, value) => series[column]?.push([at, value]));
  const text = join(folder, 'feed.om');
  const file = createWriteStream(text);
  for (const [column, samples] of series.entries()) {
    const lines = samples.map(([at, value]) => `${keys[column]} ${value} ${at / 1000}\n`).join('');
    if (!file.write(lines)) await once(file, 'drain');
  }
  file.end('# EOF\n');
  await once(file, 'close');
  const blocks = join(folder, 'blocks');
  execFileSync(promtool.path, ['tsdb', 'create-blocks-from', 'openmetrics', text, blocks], { stdio: 'ignore' });
  rmSync(text);
  return bytesOf(blocks);
}

export function eachSample(
  { at, ends, columns, values }: TickColumns,
  visit: (column: number, at: number, value: number) => void,
): void {
  let begin = 0;
  for (let tick = 0; tick < at.length; tick += 1) {
    const end = ends[tick] as number;
    for (let index = begin; index < end; index += 1)
      visit(columns[index] as number, at[tick] as number, values[index] as number);
    begin = end;
  }
}

/** A file with what SQLite keeps beside it, or all files of a folder. */
export function bytesOf(path: string): number {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    return ['', '-wal', '-shm'].reduce(
      (sum, suffix) => sum + (statSync(path + suffix, { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
