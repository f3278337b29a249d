/**
 * Pages for a tree that is written anew: those of the old one first, then new ones at the end. What is left over is
 * free.
 */
import { readSync, writeSync } from 'node:fs';
import { BtreePage } from './btree-page.ts';
import { lockBytePage, pointerKind, pointerMapPageOf } from './pointer-map.ts';

export interface WritableDatabase {
  /** Open for reading and writing. */
  readonly handle: number;
  readonly pageSize: number;
  /** Bytes of a page that SQLite uses. */
  readonly usable: number;
  readonly isAutoVacuum: boolean;
}

export class PagePool {
  readonly #file: WritableDatabase;
  readonly #header = Buffer.alloc(100);
  readonly #free: number[];
  #pageCount: number;

  constructor(file: WritableDatabase, root: number) {
    this.#file = file;
    readSync(file.handle, this.#header, 0, 100, 0);
    this.#pageCount = this.#header.readUInt32BE(28);
    this.#free = this.#pagesBelow(root).reverse();
  }

  get pageSize(): number {
    return this.#file.pageSize;
  }

  take(): number {
    const used = this.#free.pop();
    if (used !== undefined) return used;
    const { pageSize, usable, isAutoVacuum } = this.#file;
    const isReserved = (page: number): boolean =>
      page === lockBytePage(pageSize) || (isAutoVacuum && pointerMapPageOf(page, pageSize, usable) === page);
    do {
      this.#pageCount += 1;
      if (isReserved(this.#pageCount)) this.write(this.#pageCount, Buffer.alloc(pageSize));
    } while (isReserved(this.#pageCount));
    return this.#pageCount;
  }

  write(page: number, bytes: Buffer): void {
    writeSync(this.#file.handle, bytes, 0, bytes.length, (page - 1) * this.#file.pageSize);
  }

  /** Notes in the pointer map, where there is one, what refers to the page. */
  map(page: number, kind: number, parent: number): void {
    const { handle, pageSize, usable, isAutoVacuum } = this.#file;
    if (!isAutoVacuum) return;
    const entry = Buffer.alloc(5);
    entry[0] = kind;
    entry.writeUInt32BE(parent, 1);
    const map = pointerMapPageOf(page, pageSize, usable);
    writeSync(handle, entry, 0, 5, (map - 1) * pageSize + 5 * (page - map - 1));
  }

  /** The rest goes to the list of free pages, and the header says how many there are now. */
  finish(): void {
    const { pageSize, usable } = this.#file;
    const header = this.#header;
    const perTrunk = Math.floor(usable / 4) - 8;
    header.writeUInt32BE(header.readUInt32BE(36) + this.#free.length, 36);
    while (this.#free.length > 0) {
      const trunk = this.#free.pop() as number;
      const leaves = this.#free.splice(-Math.min(perTrunk, this.#free.length || 1));
      const bytes = Buffer.alloc(pageSize);
      bytes.writeUInt32BE(header.readUInt32BE(32), 0);
      bytes.writeUInt32BE(leaves.length, 4);
      for (const [index, leaf] of leaves.entries()) bytes.writeUInt32BE(leaf, 8 + 4 * index);
      this.write(trunk, bytes);
      header.writeUInt32BE(trunk, 32);
      for (const page of [trunk, ...leaves]) this.map(page, pointerKind.free, 0);
    }
    header.writeUInt32BE(this.#pageCount, 28);
    // Whoever has read the file before sees by this that it changed; the count of pages holds while the two agree.
    const counter = (header.readUInt32BE(24) + 1) >>> 0;
    header.writeUInt32BE(counter, 24);
    header.writeUInt32BE(counter, 92);
    this.write(1, header);
  }

  /** Pages of the old tree without its root, overflow pages too. */
  #pagesBelow(root: number): number[] {
    const { handle, pageSize, usable } = this.#file;
    const pages: number[] = [];
    const read = (page: number): Buffer => {
      const bytes = Buffer.alloc(pageSize);
      readSync(handle, bytes, 0, pageSize, (page - 1) * pageSize);
      return bytes;
    };
    const waiting = [root];
    const parsed = new BtreePage(pageSize);
    for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
      if (page !== root) pages.push(page);
      parsed.parse(read(page), page, usable);
      if (parsed.type < 8) waiting.push(parsed.rightChild);
      for (let cell = 0; cell < parsed.cellCount; cell += 1) {
        if (parsed.type < 8) waiting.push(parsed.child[cell] as number);
        for (let next = parsed.overflow[cell] as number; next !== 0; next = read(next).readUInt32BE(0))
          pages.push(next);
      }
    }
    return pages;
  }
}
