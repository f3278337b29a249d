/** Hands pages over one at a time, with their bytes copied. */
import { BtreePage } from '../../sqlite-file/btree-page.ts';
import type { PageSource } from '../../sqlite-file/page-source.ts';
import type { RowReader } from './row-reader.ts';

/** Where pages come from and how their records are read. */
interface Pages {
  readonly source: PageSource;
  readonly reader: RowReader;
}

/** Hands a page over with its bytes copied, so that overflow pages can be read meanwhile. */
export class PageVisitor {
  readonly page: BtreePage;
  readonly #session: Pages;
  readonly #copy: Buffer;
  bytes: Buffer;

  constructor(session: Pages) {
    this.#session = session;
    this.page = new BtreePage(session.source.pageSize);
    this.#copy = Buffer.allocUnsafeSlow(session.source.pageSize);
    this.bytes = this.#copy;
  }

  /** false where there is no b-tree page. */
  open(number: number): boolean {
    const bytes = this.#session.source.read(number);
    if (bytes === undefined) return false;
    bytes.copy(this.#copy);
    this.bytes = this.#copy.subarray(0, bytes.length);
    return this.page.parse(this.bytes, number, this.#session.source.usable, this.#session.reader.record) !== 'other';
  }
}
