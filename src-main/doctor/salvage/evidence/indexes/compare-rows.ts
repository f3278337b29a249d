/** Where sums differ: each row of these pages against its entry. */
import { PageVisitor } from '../../read/page-visitor.ts';
import type { Session } from '../../session.ts';
import { areSlightlyApart, type Disagreement } from './blame.ts';
import { hashRow, type IndexSums, readEntries } from './index-sums.ts';

export async function compareRows(
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
