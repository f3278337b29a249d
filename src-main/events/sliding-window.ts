/**
 * Durations of the last minutes: count, sum and quantiles over any span up to the whole window, in constant memory.
 * Quantiles come from buckets that grow by 4 %, so a quantile is off by at most 2 % of itself.
 */
const growth = Math.log(1.04);
/** The first bucket ends at one microsecond, the last at more than a day. */
const smallest = 1e-6;
const bucketCount = 644;

const bucketOf = (value: number): number =>
  value <= smallest ? 0 : Math.min(bucketCount - 1, Math.ceil(Math.log(value / smallest) / growth));
/** The geometric middle of a bucket. */
const middleOf = (bucket: number): number => (bucket === 0 ? 0 : smallest * Math.exp((bucket - 0.5) * growth));

interface Slot {
  /** Which span of `slotMs` it holds; -1 while unused. */
  number: number;
  count: number;
  failed: number;
  sum: number;
  readonly buckets: Uint32Array;
}

export interface WindowFigures {
  readonly count: number;
  readonly failed: number;
  readonly sum: number;
}

const slotMs = 5_000;

export class SlidingWindow {
  readonly #slots: readonly Slot[];

  /** @param spanMs the longest span that will be asked for */
  constructor(spanMs: number) {
    this.#slots = Array.from({ length: Math.ceil(spanMs / slotMs) + 1 }, () => ({
      number: -1,
      count: 0,
      failed: 0,
      sum: 0,
      buckets: new Uint32Array(bucketCount),
    }));
  }

  add(value: number, hasFailed: boolean, monotonic: number): void {
    const number = Math.floor(monotonic / slotMs);
    const slot = this.#slots[number % this.#slots.length] as Slot;
    if (slot.number !== number) {
      slot.number = number;
      slot.count = 0;
      slot.failed = 0;
      slot.sum = 0;
      slot.buckets.fill(0);
    }
    slot.count += 1;
    slot.sum += value;
    if (hasFailed) slot.failed += 1;
    const bucket = bucketOf(value);
    slot.buckets[bucket] = (slot.buckets[bucket] as number) + 1;
  }

  figures(spanMs: number, monotonic: number): WindowFigures {
    let count = 0;
    let failed = 0;
    let sum = 0;
    for (const slot of this.#within(spanMs, monotonic)) {
      count += slot.count;
      failed += slot.failed;
      sum += slot.sum;
    }
    return { count, failed, sum };
  }

  /** @returns one value for each quantile, or undefined when the span has no values */
  quantiles(quantiles: readonly number[], spanMs: number, monotonic: number): readonly number[] | undefined {
    const slots = this.#within(spanMs, monotonic);
    const total = slots.reduce((sum, slot) => sum + slot.count, 0);
    if (total === 0) return undefined;
    return quantiles.map((quantile) => {
      const rank = Math.max(1, Math.ceil(quantile * total));
      let seen = 0;
      for (let bucket = 0; bucket < bucketCount; bucket += 1) {
        for (const slot of slots) seen += slot.buckets[bucket] as number;
        if (seen >= rank) return middleOf(bucket);
      }
      return middleOf(bucketCount - 1);
    });
  }

  #within(spanMs: number, monotonic: number): readonly Slot[] {
    const now = Math.floor(monotonic / slotMs);
    // The slot that is being filled counts besides the full ones, so a span is up to one slot longer.
    const oldest = now - Math.ceil(spanMs / slotMs) + 1;
    return this.#slots.filter((slot) => slot.number >= oldest && slot.number <= now);
  }
}
