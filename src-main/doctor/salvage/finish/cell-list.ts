/** Cells of a file, eight bytes each: there may be millions. */
import type { PageVisitor } from '../read/page-visitor.ts';
import type { RowReader } from '../read/row-reader.ts';

export class CellList {
  #places = new Uint32Array(1024);
  length = 0;

  add(page: number, cell: number): void {
    if (2 * this.length === this.#places.length) {
      const larger = new Uint32Array(2 * this.#places.length);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places[2 * this.length] = page;
    this.#places[2 * this.length + 1] = cell;
    this.length += 1;
  }

  /** The record of each, whole; valid until the next is asked for. */
  *payloads(visitor: PageVisitor, reader: RowReader): Generator<Buffer> {
    let open = 0;
    for (let index = 0; index < this.length; index += 1) {
      const page = this.#places[2 * index] as number;
      if (page !== open) visitor.open(page);
      open = page;
      reader.read(visitor.page, visitor.bytes, this.#places[2 * index + 1] as number);
      yield Buffer.from(reader.bytes.subarray(reader.at, reader.at + reader.length));
    }
  }
}
