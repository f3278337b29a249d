/**
 * Pages of a database as a reader would see them: the file, overlaid with what the write-ahead log or a hot journal
 * holds.
 */
import type { FileBytes } from './file-bytes.ts';

export interface PageSource {
  readonly pageSize: number;
  /** Bytes of a page that SQLite uses: its size less the reserved ones at its end. */
  readonly usable: number;
  /** Pages are numbered from 1 to here. */
  readonly pageCount: number;
  /** The whole page, short only where the file ends inside it, undefined outside. Valid until the next call. */
  read(page: number): Buffer | undefined;
}

/** Where the current version of some pages lies outside the database file. */
export interface Overlay {
  readonly bytes: FileBytes;
  /** Byte offset of the page's content, by page number. */
  readonly offsets: ReadonlyMap<number, number>;
}

export class OverlaidPages implements PageSource {
  readonly pageSize: number;
  readonly usable: number;
  readonly pageCount: number;
  readonly #file: FileBytes;
  readonly #overlay: Overlay | undefined;

  constructor(file: FileBytes, shape: { pageSize: number; reserved: number; pageCount: number }, overlay?: Overlay) {
    this.#file = file;
    this.#overlay = overlay;
    this.pageSize = shape.pageSize;
    this.usable = shape.pageSize - shape.reserved;
    this.pageCount = shape.pageCount;
  }

  read(page: number): Buffer | undefined {
    if (page < 1 || page > this.pageCount) return undefined;
    const elsewhere = this.#overlay?.offsets.get(page);
    const bytes =
      elsewhere === undefined
        ? this.#file.view((page - 1) * this.pageSize, this.pageSize)
        : (this.#overlay as Overlay).bytes.view(elsewhere, this.pageSize);
    return bytes.length === 0 ? undefined : bytes;
  }
}
