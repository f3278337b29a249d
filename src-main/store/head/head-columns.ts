/**
 * The ticks of one short period, turned from rows into columns as they come, so that neither reading nor packing parses
 * them again.
 */
import type { HeadRow } from './head-row.ts';

/** Samples of one series in order of time. */
export interface HeadColumn {
  count: number;
  at: Float64Array;
  values: Float64Array;
}

const firstCapacity = 16;

export class HeadPeriod {
  readonly start: number;
  readonly columns = new Map<number, HeadColumn>();
  readonly ticks: number[] = [];

  constructor(start: number) {
    this.start = start;
  }

  /** A tick at a time that the series has already is left out; one that comes late finds its place. */
  add(at: number, { ids, values }: HeadRow): void {
    this.ticks.push(at);
    for (let index = 0; index < ids.length; index += 1)
      this.#addSample(ids[index] as number, at, values[index] as number);
  }

  /** Takes over what came to another period of the same start. */
  absorb(other: HeadPeriod): void {
    this.ticks.push(...other.ticks);
    for (const [id, { count, at, values }] of other.columns)
      for (let index = 0; index < count; index += 1) this.#addSample(id, at[index] as number, values[index] as number);
  }

  #addSample(id: number, at: number, value: number): void {
    let column = this.columns.get(id);
    if (column === undefined) {
      column = { count: 0, at: new Float64Array(firstCapacity), values: new Float64Array(firstCapacity) };
      this.columns.set(id, column);
    }
    if (column.count === column.at.length) {
      column.at = grown(column.at);
      column.values = grown(column.values);
    }
    let place = column.count;
    while (place > 0 && (column.at[place - 1] as number) > at) place -= 1;
    if (place > 0 && column.at[place - 1] === at) return;
    if (place < column.count) {
      column.at.copyWithin(place + 1, place, column.count);
      column.values.copyWithin(place + 1, place, column.count);
    }
    column.at[place] = at;
    column.values[place] = value;
    column.count += 1;
  }
}

function grown(array: Float64Array): Float64Array {
  const larger = new Float64Array(array.length * 4);
  larger.set(array);
  return larger;
}
