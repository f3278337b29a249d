/** Samples in, columns out: what a chart can show of many samples without losing an extreme. */
import type { SeriesColumns } from '../contract/history.ts';

type Columns = Omit<SeriesColumns, 'key' | 'metric' | 'labels'>;

/** Takes samples in order of time; NaN counts as no sample. */
export class ColumnBuilder {
  readonly #from: number;
  readonly #stepMs: number;
  readonly #at: number[] = [];
  readonly #min: number[] = [];
  readonly #max: number[] = [];
  readonly #first: number[] = [];
  readonly #last: number[] = [];
  readonly #sum: number[] = [];
  readonly #count: number[] = [];

  constructor(from: number, stepMs: number) {
    this.#from = from;
    this.#stepMs = stepMs;
  }

  add(at: number, value: number): void {
    if (Number.isNaN(value)) return;
    const start = this.#from + Math.floor((at - this.#from) / this.#stepMs) * this.#stepMs;
    const index = this.#at.length - 1;
    if (this.#at[index] !== start) {
      for (const list of [this.#min, this.#max, this.#first, this.#last, this.#sum]) list.push(value);
      this.#at.push(start);
      this.#count.push(1);
      return;
    }
    this.#min[index] = Math.min(this.#min[index] as number, value);
    this.#max[index] = Math.max(this.#max[index] as number, value);
    this.#last[index] = value;
    (this.#sum[index] as number) += value;
    (this.#count[index] as number) += 1;
  }

  finish(): Columns {
    return {
      at: Float64Array.from(this.#at),
      min: Float64Array.from(this.#min),
      max: Float64Array.from(this.#max),
      first: Float64Array.from(this.#first),
      last: Float64Array.from(this.#last),
      average: Float64Array.from(this.#sum, (sum, index) => sum / (this.#count[index] as number)),
      count: Float64Array.from(this.#count),
    };
  }
}
