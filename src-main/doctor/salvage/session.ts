/** What the steps of one salvage share. */
import { BtreePage } from '../sqlite-file/btree-page.ts';
import type { TextEncoding } from '../sqlite-file/header.ts';
import type { PageSource } from '../sqlite-file/page-source.ts';
import type { Damaged } from './open-damaged.ts';
import type { PageMap } from './page-map.ts';
import type { RowReader } from './row-reader.ts';
import type { SalvageNote, SalvagePhase } from './salvage-types.ts';
import type { Forest } from './trees.ts';

export interface Session {
  readonly damaged: Damaged;
  readonly source: PageSource;
  readonly map: PageMap;
  readonly forest: Forest;
  readonly encoding: TextEncoding;
  readonly reader: RowReader;
  readonly notes: SalvageNote[];
  /** Every free page is known: an unreached page that is not among them was in use. */
  readonly isFreelistWhole: boolean;
  /** Reports progress and lets a cancellation through. */
  pause(phase: SalvagePhase, done: number, total: number): Promise<void>;
}

/** Hands a page over with its bytes copied, so that overflow pages can be read meanwhile. */
export class PageVisitor {
  readonly page: BtreePage;
  readonly #session: Pick<Session, 'source' | 'reader'>;
  readonly #copy: Buffer;
  bytes: Buffer;

  constructor(session: Pick<Session, 'source' | 'reader'>) {
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

/** A page that is there twice took the place of another one. Two indexes of the same columns have the same pages. */
export function isCopied({ map, forest }: Session, page: number): boolean {
  const twin = map.twin[page] as number;
  if (twin === 0 || map.isFree[twin] === 1) return false;
  const sourceOf = (one: number): string | undefined => forest.trees[(map.owner[one] as number) - 1]?.shape?.source;
  return map.owner[page] === map.owner[twin] || sourceOf(page) === undefined || sourceOf(page) !== sourceOf(twin);
}
