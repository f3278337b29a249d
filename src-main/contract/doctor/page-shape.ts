/**
 * Does a page look like one of a b-tree? A guess from its first bytes, for telling page sizes and encrypted files;
 * salvage looks closer. One answer for whoever watches a database and whoever examines it. Pure.
 */

/** Section 1.6 of the file format: interior index, interior table, leaf index, leaf table. */
const treeKinds: ReadonlySet<number> = new Set([2, 5, 10, 13]);

/**
 * With a larger share of pages that look like tree pages a file without a header counts as a database; of other files
 * about 1 in 150 reaches it by chance.
 */
export const convincingTreeShare = 0.02;

/** `start`: 100 on the first page, where the file's header comes first. */
export function looksLikeTreePage(page: Uint8Array, pageSize: number, start = 0): boolean {
  const kind = page[start] as number;
  if (!treeKinds.has(kind)) return false;
  const word = (offset: number): number =>
    ((page[start + offset] as number) << 8) | (page[start + offset + 1] as number);
  const cells = word(3);
  const content = word(5) === 0 ? 65_536 : word(5);
  const headerBytes = kind < 8 ? 12 : 8;
  if (content > pageSize || content < start + headerBytes + cells * 2) return false;
  if (word(1) >= pageSize || (page[start + 7] as number) > 60) return false;
  if (cells === 0) return true;
  const firstCell = word(headerBytes);
  return firstCell >= content && firstCell < pageSize;
}

/** Bits a byte, 0–8; above 7.9 over some kilobytes means encrypted or compressed. */
export function entropy(bytes: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] as number) + 1;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / bytes.length) * Math.log2(count / bytes.length);
  return bits;
}
