/** The list of free pages: trunk pages, each naming leaves and the next trunk. */
import type { PageSource } from './page-source.ts';

export interface Freelist {
  /** Trunks and leaves. */
  readonly pages: readonly number[];
  readonly trunks: readonly number[];
  /** The chain ended where it should, named no page twice, and holds as many as the header says. */
  readonly isWhole: boolean;
}

export function readFreelist(source: PageSource, first: number, expected: number | undefined): Freelist {
  const seen = new Uint8Array(source.pageCount + 1);
  const pages: number[] = [];
  const trunks: number[] = [];
  let isSound = true;
  let trunk = first;
  const take = (page: number): boolean => {
    if (page < 2 || page > source.pageCount || seen[page] === 1) return false;
    seen[page] = 1;
    pages.push(page);
    return true;
  };
  while (trunk !== 0) {
    const bytes = trunk <= source.pageCount && seen[trunk] === 0 ? source.read(trunk) : undefined;
    const leaves = bytes === undefined || bytes.length < source.usable ? undefined : readTrunk(bytes, source);
    if (leaves === undefined || !take(trunk)) {
      isSound = false;
      break;
    }
    trunks.push(trunk);
    for (const leaf of leaves.leaves) if (!take(leaf)) isSound = false;
    trunk = leaves.next;
  }
  return { pages, trunks, isWhole: isSound && (expected === undefined || pages.length === expected) };
}

/** A page as a trunk, undefined where it can't be one. */
export function readTrunk(
  bytes: Buffer,
  source: Pick<PageSource, 'usable' | 'pageCount'>,
): { readonly next: number; readonly leaves: readonly number[] } | undefined {
  const next = bytes.readUInt32BE(0);
  const count = bytes.readUInt32BE(4);
  if (next > source.pageCount || next === 1 || count > source.usable / 4 - 2) return undefined;
  const leaves: number[] = [];
  for (let index = 0; index < count; index += 1) leaves.push(bytes.readUInt32BE(8 + 4 * index));
  return { next, leaves };
}
