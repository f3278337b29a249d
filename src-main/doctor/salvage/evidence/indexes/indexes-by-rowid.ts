/**
 * The indexes of a table with rowids: their entries are summed by leaf of the table, and where the sums differ compared
 * row by row. Takes out what they contradict, and notes the rows that only they know.
 */
import { partitionPoint } from '../../../../contract/shared/partition-point.ts';
import { hashNumber, mixHash } from '../../read/row-reader.ts';
import type { SalvageNote } from '../../salvage-types.ts';
import type { Session } from '../../session.ts';
import type { TableWriter } from '../../write/table-writer.ts';
import type { Evidence } from '../evidence.ts';
import { suspicionOf } from '../suspicion.ts';
import { blame, type Disagreement } from './blame.ts';
import { compareRows } from './compare-rows.ts';
import type { Total } from './index-findings.ts';
import { type IndexSums, readEntries } from './index-sums.ts';
import { isCopied } from './is-copied.ts';
import { isSame, totalOf } from './rows-of-other-tables.ts';

/** Entries compared one by one at most; an index that disagrees with more is no evidence at all. */
const maxCompared = 100_000;

export const indexesByRowid: Evidence = {
  id: 'indexes-by-rowid',
  async *judge({ session, leaves, writer, sums, pause }) {
    const { map } = session;
    if (writer.table.isWithoutRowid) return;
    const leafOf = leafFinder(session, leaves);
    const heard: Heard[] = [];
    for (const sum of sums) {
      const one = await hear(session, leaves, sum, leafOf, writer.missing, pause);
      if (one !== undefined) heard.push(one);
    }
    const isConfirmed = new Uint8Array(leaves.length);
    for (const { agreeing } of heard) for (const leaf of agreeing) isConfirmed[leaf] = 1;
    let agrees = heard.some((one) => one.isWhole && one.disagreeing === 0);
    for (const one of heard) {
      const { sum, isWhole, unlike } = one;
      if (one.disagreeing === 0) continue;
      if (one.disagreeing > maxCompared) {
        session.notes.push(noWitness(sum.index.name));
        continue;
      }
      const found = await compareRows(session, leaves, unlike, sum, leafOf, isWhole, pause);
      if (isWhole && found.every(({ kind }) => kind === 'no-row')) agrees = true;
      const verdicts = blame(found.filter((disagreement) => !isOfIndexAlone(disagreement, one, heard)));
      for (const rowid of verdicts.missing) yield { kind: 'row-missing', rowid };
      for (const leaf of verdicts.leaves) {
        const page = leaves[leaf] as number;
        const [low, high] = [map.low[page] as number, map.high[page] as number];
        isConfirmed[leaf] = 0;
        yield { kind: 'page-contradicted', low, high, reason };
      }
      for (const rowid of verdicts.rows) yield { kind: 'row-contradicted', key: { values: [rowid] }, reason };
    }
    for (const [leaf, page] of leaves.entries()) {
      if (map.isSuspect[page] === 0 || isConfirmed[leaf] === 1) continue;
      const [low, high] = [map.low[page] as number, map.high[page] as number];
      yield { kind: 'page-contradicted', low, high, reason: suspicionOf(session, page) };
    }
    let confirmed = 0;
    for (let leaf = 0; leaf < leaves.length; leaf += 1)
      if (isConfirmed[leaf] === 1) confirmed += map.cells[leaves[leaf] as number] as number;
    const whole = heard.filter(({ isWhole }) => isWhole);
    const entries = whole.length === 0 ? undefined : Math.max(...whole.map((one) => one.entries.count));
    const disputes = whole
      .filter(({ rows, entries }) => !isSame(rows, entries))
      .map(({ sum, rows, entries }) => ({ fields: sum.fields.join(), rows, entries }));
    yield { kind: 'findings', findings: { entries, agrees, confirmed, missingKeys: [], disputes } };
  },
};

const reason = 'index-disagrees';

/** What one index says of all rows. */
interface Heard {
  readonly sum: IndexSums;
  readonly rows: Total;
  readonly entries: Total;
  /** Every entry of it could be read. */
  readonly isWhole: boolean;
  readonly largestRowid: number | bigint;
  /** Leaves by place: those it confirms, and 1 for those it says something else of. */
  readonly agreeing: readonly number[];
  readonly unlike: Uint8Array;
  /** Rows on the latter. */
  readonly disagreeing: number;
}

/** undefined: it has no entry. */
async function hear(
  session: Session,
  leaves: readonly number[],
  sum: IndexSums,
  leafOf: (rowid: number | bigint) => number,
  missing: TableWriter['missing'],
  pause: () => Promise<void>,
): Promise<Heard | undefined> {
  const { map, reader } = session;
  const rows = totalOf(sum);
  let count = 0;
  let sumOfEntries = 0;
  let largestRowid: number | bigint = Number.NEGATIVE_INFINITY;
  const hasAllEntries = await readEntries(sum.tree, reader, sum.fields.length, pause, ({ rowid, hash: key }) => {
    const hash = mixHash(key, hashNumber(rowid));
    count += 1;
    sumOfEntries = (sumOfEntries + hash) | 0;
    if (rowid > largestRowid) largestRowid = rowid;
    const leaf = leafOf(rowid);
    if (leaf === -1) {
      missing.add(rowid);
      return;
    }
    sum.sums[leaf] = ((sum.sums[leaf] as number) - hash) | 0;
    sum.counts[leaf] = (sum.counts[leaf] as number) - 1;
  });
  if (count === 0) return undefined;
  const isWhole = hasAllEntries && !sum.tree.leaves.some((page) => isCopied(session, page));
  const agreeing: number[] = [];
  const unlike = new Uint8Array(leaves.length);
  let disagreeing = 0;
  for (let leaf = 0; leaf < leaves.length; leaf += 1) {
    if (sum.skip[leaf] === 1 || map.doubtOf(leaves[leaf] as number) !== undefined) continue;
    if (sum.sums[leaf] === 0 && sum.counts[leaf] === 0) {
      agreeing.push(leaf);
      continue;
    }
    unlike[leaf] = 1;
    disagreeing += map.cells[leaves[leaf] as number] as number;
  }
  const entries = { count, sum: sumOfEntries };
  return { sum, rows, entries, isWhole, largestRowid, agreeing, unlike, disagreeing };
}

/**
 * Whether the index is wrong and not the row. Another whole index that knows just the rows of that page outweighs one
 * that has one more or one less; and rows newer than all its entries are those which an index that is no longer kept
 * up to date lacks.
 */
function isOfIndexAlone({ kind, leaf, rowid }: Disagreement, own: Heard, heard: readonly Heard[]): boolean {
  if (kind === 'other-value' || leaf < 0) return false;
  if (kind === 'no-entry' && rowid > own.largestRowid) return true;
  return heard.some(
    (other) => other !== own && other.isWhole && other.sum.skip[leaf] === 0 && other.unlike[leaf] === 0,
  );
}

/**
 * A rowid belongs to the leaf that the pages above give it to; where they don't tell, to the one whose rows are next.
 * -1: no leaf covers it.
 */
function leafFinder({ map }: Session, leaves: readonly number[]): (rowid: number | bigint) => number {
  const isPlaced = (page: number): boolean => map.isReached[page] === 1 && map.fits[page] === 1;
  const tops = Float64Array.from(leaves, (page, index) => {
    const own = map.high[page] as number;
    const nextLow =
      index + 1 < leaves.length ? (map.low[leaves[index + 1] as number] as number) : Number.POSITIVE_INFINITY;
    const ceiling = isPlaced(page) ? (map.ceiling[page] as number) : own;
    return Math.max(own, Math.min(ceiling, nextLow - 1));
  });
  const lowOf = (leaf: number): number => {
    const page = leaves[leaf] as number;
    return isPlaced(page) ? (map.floor[page] as number) : (map.low[page] as number) - 1;
  };
  return (rowid) => {
    // A table of which no page is left: all its rows are missing.
    if (tops.length === 0) return -1;
    const wanted = Number(rowid);
    const first = partitionPoint(tops.length - 1, (index) => (tops[index] as number) < wanted);
    return wanted <= (tops[first] as number) && wanted > lowOf(first) ? first : -1;
  };
}

/** Of an index that disagrees with more rows than can be compared. */
export const noWitness = (name: string): SalvageNote => ({
  kind: 'index-no-witness',
  message: `The index ${name} disagrees with so many rows that it was not taken as a witness: no row was put aside for it.`,
  values: { name },
});
