/** Pointer-map pages of auto-vacuum databases: for every other page, what it is and which page refers to it. */
import type { PageSource } from './page-source.ts';

export const pointerKind = { root: 1, free: 2, firstOverflow: 3, overflow: 4, tree: 5 } as const;

export interface Pointer {
  readonly kind: number;
  readonly parent: number;
}

/** The pointer-map page that covers `page`; the page itself where it is one. */
export function pointerMapPageOf(page: number, pageSize: number, usable: number): number {
  const span = Math.floor(usable / 5) + 1;
  const index = Math.floor((page - 2) / span);
  const at = index * span + 2;
  // The page that holds the lock byte at 1 GiB is never used; its pointer-map page moves one on.
  return at === lockBytePage(pageSize) ? at + 1 : at;
}

export const lockBytePage = (pageSize: number): number => 0x4000_0000 / pageSize + 1;

export class PointerMap {
  readonly #source: PageSource;
  constructor(source: PageSource) {
    this.#source = source;
  }

  isMapPage(page: number): boolean {
    return page >= 2 && pointerMapPageOf(page, this.#source.pageSize, this.#source.usable) === page;
  }

  /** undefined where no map page covers it or its entry makes no sense. */
  of(page: number): Pointer | undefined {
    if (page < 3) return undefined;
    const map = pointerMapPageOf(page, this.#source.pageSize, this.#source.usable);
    if (map === page) return undefined;
    const bytes = this.#source.read(map);
    const at = 5 * (page - map - 1);
    if (bytes === undefined || at < 0 || at + 5 > Math.min(bytes.length, this.#source.usable)) return undefined;
    const kind = bytes[at] as number;
    const parent = bytes.readUInt32BE(at + 1);
    if (kind < 1 || kind > 5 || parent > this.#source.pageCount) return undefined;
    if ((kind === pointerKind.root || kind === pointerKind.free) !== (parent === 0)) return undefined;
    return { kind, parent };
  }

  /** Whether page 2 looks like the first map page: for a file whose header is gone. */
  looksPresent(): boolean {
    let good = 0;
    let bad = 0;
    for (let page = 3; page <= Math.min(this.#source.pageCount, 3 + this.#source.usable / 5 - 1); page += 1)
      if (this.of(page) === undefined) bad += 1;
      else good += 1;
    return good > 0 && bad <= good / 20;
  }
}
