/**
 * How many rows of a table are gone. At least: what the pages, cells and index entries that are left prove. At most:
 * what the lost pages and the gaps between rowids leave room for, or exactly what a whole index counts. Rows of a page
 * that was replaced by an older version of itself leave no trace, and are in neither number unless an index has them.
 */

import { partitionPoint } from '../../../contract/shared/partition-point.ts';
import { quoteName } from '../../quote-name.ts';
import { lockBytePage, PointerMap } from '../../sqlite-file/pointer-map.ts';
import type { IndexFindings } from '../evidence/indexes/index-findings.ts';
import { countMissing } from '../evidence/indexes/indexes-by-value.ts';
import type { OverflowClaims } from '../evidence/overflow-claims.ts';
import type { TablePages } from '../place/table-pages.ts';
import type { Hole } from '../read/forest.ts';
import { verdictCode } from '../read/page-map.ts';
import type { MissingRows } from '../salvage-types.ts';
import type { Session } from '../session.ts';
import type { TableWriter } from '../write/table-writer.ts';
import { provenanceColumnsOf } from '../write/target.ts';

/** Rowids above `low` and up to `high` that no sound page accounts for. */
export interface Stretch {
  readonly low: number;
  readonly high: number;
}

export interface MissingEvidence {
  readonly pages: TablePages;
  /** The table's leaves as they were judged, in key order. */
  readonly leaves: readonly number[];
  readonly findings: IndexFindings;
  /** The largest rowid ever given, where sqlite_sequence tells. */
  readonly largestRowid: number | undefined;
  /** Rows of the backup that are not here and were on a page that is gone. */
  readonly fromBackup: number | null;
}

/** Rows on all lost pages together can't be more; null where the file may have had pages that nobody knows of. */
export function roomOnLostPages(session: Session, claims: OverflowClaims): number | null {
  const { map, source, damaged } = session;
  if (!damaged.isHeaderTrusted) {
    // Nobody tells how long the file was.
    return null;
  }
  const pointers = (damaged.header?.largestRoot ?? 0) > 0 ? new PointerMap(source) : undefined;
  let lost = Math.max(0, damaged.lastPage - map.count);
  for (let page = 2; page <= map.count; page += 1) {
    const isSound =
      map.owner[page] !== 0 &&
      (map.verdict[page] === verdictCode.consistent || map.verdict[page] === verdictCode['few-bad-cells']) &&
      map.twin[page] === 0 &&
      !damaged.lost.has(page);
    const isOther =
      map.isFree[page] === 1 ||
      claims.has(page) ||
      pointers?.isMapPage(page) === true ||
      page === lockBytePage(source.pageSize);
    if (!isSound && !isOther) lost += 1;
  }
  return lost * maxRowsOnPage(source.usable);
}

/** A cell takes four bytes and its pointer two. */
const maxRowsOnPage = (usable: number): number => Math.floor((usable - 8) / 6);

export function missingRows(
  session: Session,
  writer: TableWriter,
  evidence: MissingEvidence,
  stretches: readonly Stretch[],
  roomOnPages: number | null,
): MissingRows {
  const { pages, leaves, findings } = evidence;
  const aside = new RowidsAside(writer);
  const room = roomIn(writer, aside, stretches);
  const holes = holesIn(session, stretches, pages, leaves);
  let atLeast = writer.unreadableCells;
  for (const [index, count] of holes.entries()) atLeast += Math.min(count, room[index] as number);
  const total = room.reduce((sum, one) => sum + one, 0);
  // A page that lost one cell may have lost it from its count as well: what can't be read is the most that is missing
  // there.
  const most = Math.min(total, roomOnPages ?? Number.POSITIVE_INFINITY) + writer.unreadableCells;
  let atMost = Number.isFinite(most) || findings.agrees ? most : null;
  const { isWithoutRowid } = writer.table;
  const keys = isWithoutRowid ? countMissing(writer, findings.missingKeys) : 0;
  const named = isWithoutRowid
    ? { all: keys, gone: stretches.length > 0 ? keys : 0 }
    : writer.missing.count(goneRowids(session, stretches, leaves));
  // A damaged rowid is an entry without a row and a doubtful row without an entry: those are not missing.
  const byCount =
    isWithoutRowid || findings.entries === undefined
      ? named.all - aside.count
      : findings.entries - writer.certain - aside.count;
  // Where a sound page has no such row, either the page or the entry is the older one: perhaps missing.
  atLeast = Math.max(atLeast, Math.min(named.gone, byCount));
  if (atMost !== null) atMost = findings.agrees ? named.all : Math.max(atMost, named.all);
  if (session.damaged.isLogCut) atMost = null;
  if (atMost !== null) atMost = Math.max(atLeast, atMost);
  return {
    atLeast,
    atMost,
    fromIndexes: findings.entries === undefined && named.all === 0 ? null : named.all,
    fromBackup: evidence.fromBackup,
  };
}

/** What no sound page of the table accounts for, in key order. A whole table has none. */
export function lostStretches(
  { map }: Session,
  { pages, leaves, largestRowid }: Pick<MissingEvidence, 'pages' | 'leaves' | 'largestRowid'>,
): Stretch[] {
  if (pages.table.isWithoutRowid) {
    // A page that is there twice took the place of another one.
    const isTwice = (page: number): boolean =>
      map.twin[page] !== 0 && map.owner[map.twin[page] as number] === map.owner[page];
    const isWhole =
      pages.tree?.isWhole === true && leaves.every((page) => map.doubtOf(page) === undefined && !isTwice(page));
    return isWhole ? [] : [{ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }];
  }
  const hasRows = (page: number): boolean => (map.cells[page] as number) > 0 && Number.isFinite(map.low[page]);
  // The ends of the table's own tree are open; those of a piece of it are where its rows end.
  const isOwnTree = (page: number): boolean =>
    map.owner[page] === pages.tree?.number && pages.table.origin !== 'inferred';
  const isKnown = (page: number, side: 'floor' | 'ceiling'): boolean =>
    map.fits[page] === 1 &&
    // Its count of cells may be what is wrong.
    map.verdict[page] !== verdictCode['space-miscounted'] &&
    (isOwnTree(page) || Number.isFinite(map[side][page]));
  const lowOf = (page: number): number =>
    isKnown(page, 'floor') ? (map.floor[page] as number) : (map.low[page] as number) - 1;
  const highOf = (page: number): number =>
    isKnown(page, 'ceiling') ? (map.ceiling[page] as number) : (map.high[page] as number);
  let lowest = Number.POSITIVE_INFINITY;
  for (const page of leaves) if (hasRows(page)) lowest = Math.min(lowest, map.low[page] as number);
  const covered = leaves
    .filter((page) => map.doubtOf(page) === undefined)
    .filter((page) => hasRows(page) || (isKnown(page, 'floor') && isKnown(page, 'ceiling')))
    .sort((a, b) => lowOf(a) - lowOf(b));
  const stretches: Stretch[] = [];
  // SQLite gives rowids from 1 on; only who chooses them himself has others, and seldom just on the page that is gone.
  let reach = lowest >= 1 ? 0 : Number.NEGATIVE_INFINITY;
  for (const page of covered) {
    if (lowOf(page) > reach) stretches.push({ low: reach, high: lowOf(page) });
    reach = Math.max(reach, highOf(page));
  }
  const end = largestRowid ?? Number.POSITIVE_INFINITY;
  if (end > reach) stretches.push({ low: reach, high: end });
  return stretches;
}

/** Whether a rowid's place is on a page that is gone or lost a cell. */
export function goneRowids(
  { map }: Session,
  stretches: readonly Stretch[],
  leaves: readonly number[],
): (rowid: number) => boolean {
  const damaged = leaves
    .filter((page) => map.doubtOf(page) === undefined && map.verdict[page] === verdictCode['few-bad-cells'])
    .map((page): Stretch => ({ low: (map.low[page] as number) - 1, high: map.high[page] as number }));
  const gone = [...stretches, ...damaged].sort((a, b) => a.low - b.low);
  return (rowid) => {
    const index = firstAbove(gone, rowid - 1, 'high');
    return index < gone.length && (gone[index] as Stretch).low < rowid;
  };
}

/** Pages that are named and gone, by stretch; one whose rows a page without a parent holds is not gone. */
function holesIn(
  { map }: Session,
  stretches: readonly Stretch[],
  { table, tree, holes }: TablePages,
  leaves: readonly number[],
): Float64Array {
  const counts = new Float64Array(stretches.length);
  if (table.isWithoutRowid) {
    // Keys have no numbers to place pages by: any page without a parent may be one of those.
    const loose = leaves.filter((page) => map.owner[page] !== tree?.number).length;
    return counts.fill(Math.max(0, holes.filter((hole) => hole.isProven).length - loose));
  }
  if (holes.length === 0) return counts;
  const rows = leaves
    .filter((page) => (map.cells[page] as number) > 0)
    .map((page): Stretch => ({ low: map.low[page] as number, high: map.high[page] as number }))
    .sort((a, b) => a.low - b.low);
  const isFilled = (hole: Hole): boolean => {
    for (let index = firstAbove(rows, hole.low, 'low'); index < rows.length; index += 1) {
      const { low, high } = rows[index] as Stretch;
      if (high <= hole.high) return true;
      if (low > hole.high) return false;
    }
    return false;
  };
  for (const hole of holes) {
    const index = firstAbove(stretches, hole.low, 'high');
    const isOpen = index < stretches.length && (stretches[index] as Stretch).low < hole.high;
    if (hole.isProven && isOpen && !isFilled(hole)) counts[index] = (counts[index] as number) + 1;
  }
  return counts;
}

/** Place of the first of a sorted list whose `side` is above `rowid`; its length where none is. */
const firstAbove = (sorted: readonly Stretch[], rowid: number, side: 'low' | 'high'): number =>
  partitionPoint(sorted.length, (index) => (sorted[index] as Stretch)[side] <= rowid);

/** By stretch, the rowids that no row has, certain or doubtful. */
function roomIn({ table, target }: TableWriter, aside: RowidsAside, stretches: readonly Stretch[]): number[] {
  const { rowidName } = table;
  if (table.isWithoutRowid || rowidName === undefined) return stretches.map(() => Number.POSITIVE_INFINITY);
  const certain = target.db
    .prepare(`SELECT count(*) FROM ${quoteName(table.name)} WHERE ${rowidName} > ? AND ${rowidName} <= ?`)
    .pluck();
  return stretches.map(({ low, high }) => {
    const size = high - low;
    if (!Number.isFinite(size)) return size;
    return Math.max(0, size - (certain.get(low, high) as number) - aside.within(low, high));
  });
}

/** Rowids of the doubtful rows that are not among the certain ones as well, each once, in order. */
class RowidsAside {
  readonly #rowids: Float64Array;

  constructor({ table, target }: TableWriter) {
    const side = target.sideName('doubtful', table);
    const isKeyed = side !== null && table.rowidName !== undefined;
    const { rowid: sideRowid } = provenanceColumnsOf(table);
    this.#rowids = Float64Array.from(
      isKeyed
        ? (target.db
            .prepare(
              `SELECT DISTINCT ${sideRowid} FROM ${quoteName(side)} WHERE typeof(${sideRowid}) = 'integer'
               AND ${sideRowid} NOT IN (SELECT ${table.rowidName} FROM ${quoteName(table.name)}) ORDER BY 1`,
            )
            .pluck()
            .all() as number[])
        : [],
    );
  }

  get count(): number {
    return this.#rowids.length;
  }

  within(low: number, high: number): number {
    return this.#upTo(high) - this.#upTo(low);
  }

  /** How many are not above `rowid`. */
  #upTo(rowid: number): number {
    return partitionPoint(this.#rowids.length, (index) => (this.#rowids[index] as number) <= rowid);
  }
}
