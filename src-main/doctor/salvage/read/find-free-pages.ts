/**
 * Marks the free pages: from the header's list, or with the header gone from pages that can be nothing but parts of
 * that list and from the pointer map.
 */
import { readFreelist, readTrunk } from '../../sqlite-file/freelist.ts';
import { PointerMap, pointerKind } from '../../sqlite-file/pointer-map.ts';
import type { Forest } from './forest.ts';
import type { Damaged } from './open-damaged.ts';
import type { PageMap } from './page-map.ts';

/** Returns whether all free pages are known. */
export function findFreePages(damaged: Damaged, map: PageMap, forest: Forest): boolean {
  const { source, header, isHeaderTrusted } = damaged;
  if (isHeaderTrusted && header !== undefined && !header.implausible.includes('free pages')) {
    const list = readFreelist(source, header.firstFreePage, header.freePages);
    for (const page of list.pages) map.isFree[page] = 1;
    if (!list.isWhole) markFreeByPointerMap(damaged, map);
    // A list that names pages other trees use, or that ends early, does not tell which pages are in use.
    const inUse = list.isWhole ? 0 : unmarkPagesInUse(map, forest);
    return list.isWhole && inUse === 0;
  }
  let trunks = 0;
  for (let page = 2; page <= map.count; page += 1) {
    if (map.isTree(page) || map.isZero[page] === 1) continue;
    const bytes = source.read(page);
    const trunk = bytes === undefined || bytes.length < source.usable ? undefined : readTrunk(bytes, source);
    if (trunk === undefined || trunk.leaves.length === 0) continue;
    const distinct = new Set(trunk.leaves);
    const isTrunk =
      distinct.size === trunk.leaves.length &&
      trunk.leaves.every((leaf) => leaf >= 2 && leaf <= map.count && leaf !== page);
    if (!isTrunk) continue;
    trunks += 1;
    map.isFree[page] = 1;
    for (const leaf of trunk.leaves) map.isFree[leaf] = 1;
  }
  const mapped = markFreeByPointerMap(damaged, map);
  if (mapped > 0) unmarkPagesInUse(map, forest);
  if (trunks > 0)
    damaged.notes.push({
      kind: 'free-pages-inferred',
      message: `${trunks} pages of the list of free pages were recognised.`,
      values: { pages: trunks },
    });
  return true;
}

/** An auto-vacuum database says of every page what it is. Returns how many free pages only its map names. */
function markFreeByPointerMap({ source, header, isHeaderTrusted }: Damaged, map: PageMap): number {
  const pointers = new PointerMap(source);
  const isAutoVacuum = isHeaderTrusted ? (header?.largestRoot ?? 0) > 0 : pointers.looksPresent();
  if (!isAutoVacuum) return 0;
  let marked = 0;
  for (let page = 3; page <= map.count; page += 1) {
    if (map.isFree[page] === 1 || pointers.of(page)?.kind !== pointerKind.free) continue;
    map.isFree[page] = 1;
    marked += 1;
  }
  return marked;
}

/** Children of sound interior pages are in use whatever a damaged list says. */
function unmarkPagesInUse(map: PageMap, forest: Forest): number {
  let count = 0;
  for (const child of forest.childrenOfSoundPages())
    if (map.isFree[child] === 1) {
      map.isFree[child] = 0;
      count += 1;
    }
  return count;
}
