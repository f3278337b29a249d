/** Samples in, columns out: what a chart can show of many samples without losing an extreme. */
import type { SeriesColumns } from '../../contract/history.ts';
import type { Buckets } from '../compaction/roll-up.ts';

type Columns = Omit<SeriesColumns, 'key' | 'metric' | 'labels'>;

/** Takes samples or buckets in order of time; NaN counts as no sample. */
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
  /** End of the column that is being filled. */
  #until = Number.NEGATIVE_INFINITY;

  constructor(from: number, stepMs: number) {
    this.#from = from;
    this.#stepMs = stepMs;
  }

  addSamples(at: Float64Array, values: Float64Array): void {
    const length = at.length;
    for (let index = 0; index < length; ) {
      const time = at[index] as number;
      // A bucket of a roll-up may begin before the first column.
      const start = this.#from + Math.max(0, Math.floor((time - this.#from) / this.#stepMs)) * this.#stepMs;
      const until = start + this.#stepMs;
      let [first, last, min, max, sum, count] = [Number.NaN, Number.NaN, Number.NaN, Number.NaN, 0, 0];
      for (; index < length && (at[index] as number) < until; index += 1) {
        const value = values[index] as number;
        if (Number.isNaN(value)) continue;
        if (count === 0) first = min = max = value;
        else if (value < min) min = value;
        else if (value > max) max = value;
        last = value;
        sum += value;
        count += 1;
      }
      if (count > 0) this.#put(start, first, last, min, max, sum, count);
    }
  }

  addBuckets({ at, first, last, min, max, sum, count }: Buckets): void {
    for (let index = 0; index < at.length; index += 1) {
      const past = Math.max(0, (at[index] as number) - this.#from);
      this.#put(
        this.#from + Math.floor(past / this.#stepMs) * this.#stepMs,
        first[index] as number,
        last[index] as number,
        min[index] as number,
        max[index] as number,
        sum[index] as number,
        count[index] as number,
      );
    }
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

  #put(start: number, first: number, last: number, min: number, max: number, sum: number, count: number): void {
    if (start >= this.#until) {
      this.#until = start + this.#stepMs;
      this.#at.push(start);
      this.#min.push(min);
      this.#max.push(max);
      this.#first.push(first);
      this.#last.push(last);
      this.#sum.push(sum);
      this.#count.push(count);
      return;
    }
    const index = this.#at.length - 1;
    this.#min[index] = Math.min(this.#min[index] as number, min);
    this.#max[index] = Math.max(this.#max[index] as number, max);
    this.#last[index] = last;
    (this.#sum[index] as number) += sum;
    (this.#count[index] as number) += count;
  }
}
