/**
 * Compares each table with its surviving indexes, takes out of the table what they contradict, and notes the rows that
 * only they know.
 */

import { PageVisitor } from '../read/page-visitor.ts';
import { hashNumber, mixHash } from '../read/row-reader.ts';
import type { SalvageNote } from '../salvage-types.ts';
import type { Session } from '../session.ts';
import type { TableWriter } from '../write/table-writer.ts';
import { areSlightlyApart, blame, type Disagreement } from './blame.ts';
import type { Dispute, IndexFindings } from './index-findings.ts';
import { hashRow, type IndexSums, readEntries } from './index-sums.ts';
import { isCopied } from './is-copied.ts';
import { isSame, totalOf } from './rows-of-other-tables.ts';

/** Entries compared one by one at most; an index that disagrees with more is no evidence at all. */
const maxCompared = 100_000;

export async function checkIndexes(
  session: Session,
  leaves: readonly number[],
  writer: TableWriter,
  sums: readonly IndexSums[],
  pause: () => Promise<void>,
): Promise<IndexFindings> {
  const { map, reader } = session;
  const disputes: Dispute[] = [];
  const findings: IndexFindings = { entries: undefined, agrees: false, confirmed: 0, missingKeys: [], disputes };
  const { missing } = writer;
  if (leaves.length === 0) return findings;
  // A rowid belongs to the leaf that the pages above give it to; where they don't tell, to the one whose rows are
  // next.
  const isTold = (page: number): boolean => map.isReached[page] === 1 && map.fits[page] === 1;
  const tops = Float64Array.from(leaves, (page, index) => {
    const own = map.high[page] as number;
    const nextLow =
      index + 1 < leaves.length ? (map.low[leaves[index + 1] as number] as number) : Number.POSITIVE_INFINITY;
    const ceiling = isTold(page) ? (map.ceiling[page] as number) : own;
    return Math.max(own, Math.min(ceiling, nextLow - 1));
  });
  const lowOf = (leaf: number): number => {
    const page = leaves[leaf] as number;
    return isTold(page) ? (map.floor[page] as number) : (map.low[page] as number) - 1;
  };
  const leafOf = (rowid: number | bigint): number => {
    const wanted = Number(rowid);
    let first = 0;
    let last = tops.length - 1;
    while (first < last) {
      const middle = (first + last) >> 1;
      if ((tops[middle] as number) >= wanted) last = middle;
      else first = middle + 1;
    }
    return wanted <= (tops[first] as number) && wanted > lowOf(first) ? first : -1;
  };
  const isConfirmed = new Uint8Array(leaves.length);
  for (const sum of sums) {
    const keys = sum.fields.length;
    let entries = 0;
    let sumOfEntries = 0;
    const rows = totalOf(sum);
    const hasAllEntries = await readEntries(sum.tree, reader, keys, pause, (entry) => {
      const hash = mixHash(entry.hash, hashNumber(entry.rowid));
      entries += 1;
      sumOfEntries = (sumOfEntries + hash) | 0;
      const leaf = leafOf(entry.rowid);
      if (leaf === -1) {
        missing.add(entry.rowid);
        return;
      }
      sum.sums[leaf] = ((sum.sums[leaf] as number) - hash) | 0;
      sum.counts[leaf] = (sum.counts[leaf] as number) - 1;
    });
    if (entries === 0) continue;
    const isWhole = hasAllEntries && !sum.tree.leaves.some((page) => isCopied(session, page));
    if (isWhole) findings.entries = Math.max(findings.entries ?? 0, entries);
    const dispute = { fields: sum.fields.join(), rows, entries: { count: entries, sum: sumOfEntries } };
    if (isWhole && !isSame(rows, dispute.entries)) disputes.push(dispute);
    const unlike = new Uint8Array(leaves.length);
    let disagreeing = 0;
    for (let leaf = 0; leaf < leaves.length; leaf += 1) {
      if (sum.skip[leaf] === 1 || map.doubtOf(leaves[leaf] as number) !== undefined) continue;
      if (sum.sums[leaf] === 0 && sum.counts[leaf] === 0) {
        isConfirmed[leaf] = 1;
        continue;
      }
      unlike[leaf] = 1;
      disagreeing += map.cells[leaves[leaf] as number] as number;
    }
    if (isWhole && disagreeing === 0) findings.agrees = true;
    if (disagreeing === 0) continue;
    if (disagreeing > maxCompared) {
      session.notes.push(noWitness(sum.index.name));
      continue;
    }
    const found = await compareRows(session, leaves, unlike, sum, leafOf, isWhole, pause);
    if (isWhole && found.every((one) => one.kind === 'no-row')) findings.agrees = true;
    const verdicts = blame(found);
    for (const rowid of verdicts.missing) missing.add(rowid);
    for (const leaf of verdicts.leaves) {
      const page = leaves[leaf] as number;
      writer.moveRange(map.low[page] as number, map.high[page] as number, 'index-disagrees');
    }
    for (const rowid of verdicts.rows) writer.moveOut({ values: [rowid] }, 'index-disagrees');
    for (const leaf of verdicts.leaves) isConfirmed[leaf] = 0;
  }
  for (let leaf = 0; leaf < leaves.length; leaf += 1)
    if (isConfirmed[leaf] === 1) findings.confirmed += map.cells[leaves[leaf] as number] as number;
  findings.confirmed = Math.min(findings.confirmed, writer.certain);
  return findings;
}

/** Of an index that disagrees with more rows than can be compared. */
export const noWitness = (name: string): SalvageNote => ({
  kind: 'index-no-witness',
  message: `The index ${name} disagrees with so many rows that it was not taken as a witness: no row was put aside for it.`,
  values: { name },
});

async function compareRows(
  session: Session,
  leaves: readonly number[],
  unlike: Uint8Array,
  sum: IndexSums,
  leafOf: (rowid: number | bigint) => number,
  isWhole: boolean,
  pause: () => Promise<void>,
): Promise<Disagreement[]> {
  const { reader } = session;
  const entries = new Map<number | bigint, { hash: number; page: number; leaf: number }>();
  await readEntries(sum.tree, reader, sum.fields.length, pause, (entry) => {
    const leaf = leafOf(entry.rowid);
    if (leaf >= 0 && unlike[leaf] === 1) entries.set(entry.rowid, { hash: entry.hash, page: entry.page, leaf });
  });
  const found: Disagreement[] = [];
  const keysOfRows = new Map<number | bigint, Buffer>();
  const visitor = new PageVisitor(session);
  for (let leaf = 0; leaf < leaves.length; leaf += 1) {
    if (unlike[leaf] === 0 || !visitor.open(leaves[leaf] as number)) continue;
    for (let cell = 0; cell < visitor.page.cellCount; cell += 1) {
      const isSound = visitor.page.flaws[cell] === 0 && reader.read(visitor.page, visitor.bytes, cell) === undefined;
      const rowid = visitor.page.rowids[cell] as number | bigint;
      const entry = entries.get(rowid);
      entries.delete(rowid);
      // A row that was put aside already needs no second reason.
      if (!isSound) continue;
      const hash = hashRow(reader, sum.fields, rowid);
      if (hash === undefined) continue;
      if (entry === undefined) {
        if (isWhole) found.push({ leaf, indexPage: 0, rowid, kind: 'no-entry', hash });
      } else if (entry.hash !== hash) {
        found.push({ leaf, indexPage: entry.page, rowid, kind: 'other-value', hash });
        keysOfRows.set(rowid, reader.bytesOf(sum.fields));
      }
    }
  }
  for (const [rowid, entry] of entries) {
    // On a page with one damaged cell, a missing row is that cell's.
    const isExplained = session.map.verdict[leaves[entry.leaf] as number] !== 0;
    found.push({ leaf: isExplained ? -1 : entry.leaf, indexPage: entry.page, rowid, kind: 'no-row', hash: entry.hash });
  }
  if (keysOfRows.size === 0) return found;
  const slight = new Set<number | bigint>();
  await readEntries(sum.tree, reader, sum.fields.length, pause, (entry) => {
    const row = keysOfRows.get(entry.rowid);
    if (row !== undefined && areSlightlyApart(row, entry.keyBytes())) slight.add(entry.rowid);
  });
  return found.map((one) => (one.kind === 'other-value' && slight.has(one.rowid) ? { ...one, isSlight: true } : one));
}
