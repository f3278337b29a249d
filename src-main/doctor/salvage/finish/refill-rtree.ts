/** Fills an R-Tree from the leaf nodes that are left of a damaged one. */

import type Database from 'better-sqlite3';
import { quoteName } from '../../quote-name.ts';
import type { SqlValue } from '../read/sql-value.ts';

/**
 * A node is a depth, the number of its cells, and the cells: an id of 8 bytes, then the coordinates in 4 bytes each.
 */
const headerBytes = 4;
const idBytes = 8;
const coordinateBytes = 4;

/** `kept`: by their former names, where the tables of the damaged one are now. @returns the rows that it has now */
export function refillRtree(
  name: string,
  isWhole: boolean,
  kept: ReadonlyMap<string, string>,
  db: Database.Database,
): number {
  const [nodes, rowids] = [kept.get(`${name}_node`), kept.get(`${name}_rowid`)];
  if (nodes === undefined || rowids === undefined) return 0;
  // The columns of the rowid table after these two are those that the R-Tree only carries along.
  const carried = db.prepare('SELECT count(*) - 2 FROM pragma_table_info(?)').pluck().get(rowids) as number;
  const columns = db.prepare('SELECT count(*) FROM pragma_table_info(?)').pluck().get(name) as number;
  const coordinates = columns - 1 - carried;
  const cellBytes = idBytes + coordinates * coordinateBytes;
  // A cell that is no box, or twice there, is none of the rows.
  const insert = db.prepare(`INSERT OR IGNORE INTO ${quoteName(name)} VALUES (${Array(columns).fill('?').join(', ')})`);
  const carriedBy = db
    .prepare(`SELECT * FROM ${quoteName(rowids)} WHERE rowid = ? AND nodeno = ?`)
    .raw()
    .safeIntegers();
  let rows = 0;
  const leaves = db
    .prepare(`SELECT nodeno, data FROM ${quoteName(nodes)} WHERE nodeno IN (SELECT nodeno FROM ${quoteName(rowids)})`)
    .raw()
    .safeIntegers()
    // Other statements run meanwhile: SQLite lets them, the driver only on a list.
    .all() as [bigint, unknown][];
  for (const [number, data] of leaves) {
    if (!Buffer.isBuffer(data) || data.length < headerBytes) continue;
    const cells = Math.min(data.readUInt16BE(2), Math.floor((data.length - headerBytes) / cellBytes));
    for (let cell = 0; cell < cells; cell += 1) {
      const at = headerBytes + cell * cellBytes;
      const id = data.readBigInt64BE(at);
      const owner = carriedBy.get(id, number) as SqlValue[] | undefined;
      if (owner === undefined) continue;
      const values = Array.from({ length: coordinates }, (_, index) => {
        const place = at + idBytes + index * coordinateBytes;
        return isWhole ? data.readInt32BE(place) : data.readFloatBE(place);
      });
      rows += insert.run(id, ...values, ...owner.slice(2)).changes;
    }
  }
  return rows;
}
