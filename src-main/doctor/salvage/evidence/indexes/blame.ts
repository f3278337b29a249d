/**
 * Decides, where an index and a table disagree, which rows can't be trusted. Pure: takes the disagreements, names rows
 * and pages.
 */

export interface Disagreement {
  /** Leaf of the table, by its place in key order; -1 where no leaf covers the rowid. */
  readonly leaf: number;
  /** Page of the index, 0 where the index has no entry. */
  readonly indexPage: number;
  readonly rowid: number | bigint;
  readonly kind: 'other-value' | 'no-row' | 'no-entry';
  /** Hash of the key: of the entry for `no-row`, of the row for `no-entry`. */
  readonly hash: number;
  /**
   * `other-value`: the two keys are a bit or two apart, as damage leaves them, not as another version of the row would
   * be.
   */
  readonly isSlight?: boolean;
}

export interface Verdicts {
  readonly rows: readonly (number | bigint)[];
  readonly leaves: readonly number[];
  /** Rowids of index entries whose row is nowhere. */
  readonly missing: readonly (number | bigint)[];
}

/** From this many table pages on, disagreements that share one index page are that page's fault. */
const scattered = 4;

/**
 * One disagreement on a page, or only slight ones: those rows may have a damaged bit, or the index may; the rows are
 * put aside, their page is not. Else the page as a whole is an old or foreign version, and its other rows may be wrong
 * in columns that no index covers. Many pages that disagree over one page of the index: that page of the index is
 * wrong.
 */
export function blame(found: readonly Disagreement[]): Verdicts {
  // A damaged rowid shows as a row without an entry and an entry without a row, with the same key.
  const bareRows = new Map<number, Disagreement[]>();
  for (const one of found)
    if (one.kind === 'no-entry') bareRows.set(one.hash, [...(bareRows.get(one.hash) ?? []), one]);
  const paired = new Set<Disagreement>();
  const rows = new Set<number | bigint>();
  for (const one of found) {
    if (one.kind !== 'no-row') continue;
    const twin = bareRows.get(one.hash)?.find((other) => !paired.has(other) && isOneBitApart(one.rowid, other.rowid));
    if (twin === undefined) continue;
    paired.add(one).add(twin);
    rows.add(twin.rowid);
  }
  const rest = found.filter((one) => !paired.has(one));
  const leavesOfIndexPage = new Map<number, Set<number>>();
  for (const one of rest)
    if (one.indexPage !== 0 && one.leaf >= 0)
      leavesOfIndexPage.set(one.indexPage, (leavesOfIndexPage.get(one.indexPage) ?? new Set()).add(one.leaf));
  const isIndexFault = (one: Disagreement): boolean => (leavesOfIndexPage.get(one.indexPage)?.size ?? 0) >= scattered;
  // An index with an old page lacks entries too: a row without one says nothing then.
  const hasIndexFault = rest.some((one) => one.indexPage !== 0 && isIndexFault(one));
  const byLeaf = new Map<number, Disagreement[]>();
  const missing: (number | bigint)[] = [];
  for (const one of rest) {
    if (one.kind === 'no-row') missing.push(one.rowid);
    if (one.kind === 'no-entry' && hasIndexFault) continue;
    if (one.leaf >= 0 && !isIndexFault(one)) byLeaf.set(one.leaf, [...(byLeaf.get(one.leaf) ?? []), one]);
  }
  const leaves: number[] = [];
  for (const [leaf, all] of byLeaf) {
    const grave = all.filter((one) => one.isSlight !== true && one.kind !== 'no-row');
    const hasOtherVersion = grave.some((one) => one.kind === 'other-value');
    if (hasOtherVersion && grave.length > 1) leaves.push(leaf);
    else for (const one of all) if (one.kind !== 'no-row') rows.add(one.rowid);
  }
  return { rows: [...rows], leaves, missing };
}

function isOneBitApart(one: number | bigint, other: number | bigint): boolean {
  let bits = BigInt.asUintN(64, BigInt(one) ^ BigInt(other));
  bits &= bits - 1n;
  return bits === 0n && one !== other;
}

/** At most two bits: what damage does to a key, and another version of the row hardly ever. */
export function areSlightlyApart(one: Buffer, other: Buffer): boolean {
  if (one.length !== other.length) return false;
  let bits = 0;
  for (let at = 0; at < one.length && bits <= 2; at += 1) {
    let apart = (one[at] as number) ^ (other[at] as number);
    while (apart !== 0) {
      bits += 1;
      apart &= apart - 1;
    }
  }
  return bits <= 2;
}
