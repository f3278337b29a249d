/**
 * Blocks of many series in one row: numbers of the series and lengths of the blocks, then the blocks. A row a block
 * would leave a third of each page empty; a row of this size leaves next to nothing.
 */
import { ByteReader, ByteWriter } from './byte-stream.ts';

/**
 * Compressed bytes of a row; above the half page that its last page wastes on average, below what a read of one series
 * minds.
 */
const targetBytes = 48 * 1024;

export interface SeriesBlock {
  readonly series: number;
  readonly block: Buffer;
}

export interface Segment {
  readonly first: number;
  readonly last: number;
  readonly data: Buffer;
}

/** Takes blocks by growing number of their series. */
export class SegmentBuilder {
  readonly #done: Segment[] = [];
  #blocks: SeriesBlock[] = [];
  #bytes = 0;

  add(series: number, block: Buffer): void {
    if (this.#bytes + block.length > targetBytes) this.#close();
    this.#blocks.push({ series, block });
    this.#bytes += block.length;
  }

  finish(): readonly Segment[] {
    this.#close();
    return this.#done;
  }

  #close(): void {
    const first = this.#blocks[0]?.series;
    if (first === undefined) return;
    const writer = new ByteWriter();
    writer.varint(this.#blocks.length);
    let before = 0;
    for (const { series, block } of this.#blocks) {
      writer.varint(series - before);
      writer.varint(block.length);
      before = series;
    }
    for (const { block } of this.#blocks) writer.bytes(block);
    this.#done.push({ first, last: before, data: writer.take() });
    this.#blocks = [];
    this.#bytes = 0;
  }
}

/** The blocks lie in the row's own memory. Throws RangeError where the row is damaged. */
export function blocksOf(data: Buffer): SeriesBlock[] {
  const reader = new ByteReader(data);
  const places: { series: number; length: number }[] = [];
  let series = 0;
  for (let left = reader.varint(); left > 0; left -= 1) {
    series += reader.varint();
    places.push({ series, length: reader.varint() });
  }
  return places.map((place) => ({ series: place.series, block: reader.take(place.length) }));
}
