/**
 * One window function over one series, kept up to date sample by sample: constant work a tick for all but `quantile`,
 * which moves numbers in a sorted array. A window of 60 s holds the samples of (now − 60 s, now]. NaN is "no data".
 */

import { assertNever } from '../../../contract/outcome.ts';
import type { RuleWindow } from '../../../contract/settings/rule-parts.ts';
import { partitionPoint } from '../../../contract/shared/partition-point.ts';
import { SampleRing } from './sample-ring.ts';

export interface WindowCell {
  /** In order of time; never NaN. */
  push(at: number, value: number): void;
  read(now: number): number;
  /** Takes time out in which nothing was measured. */
  shift(byMs: number): void;
}

/** For windows other than `last` and `absence`, which need only the newest sample. */
export function createWindowCell(window: Exclude<RuleWindow, { kind: 'last' | 'absence' }>): WindowCell {
  const windowMs = window.seconds * 1000;
  switch (window.kind) {
    case 'average':
      return new AverageCell(windowMs);
    case 'min':
      return new ExtremeCell(windowMs, 1);
    case 'max':
      return new ExtremeCell(windowMs, -1);
    case 'rate':
      return new RateCell(windowMs);
    case 'quantile':
      return new QuantileCell(windowMs, window.quantile);
    default:
      return assertNever(window);
  }
}

/** A running sum gathers rounding errors; it is added up afresh after so many samples. */
const sumAfreshAfter = 1024;

class AverageCell implements WindowCell {
  readonly #ring = new SampleRing();
  readonly #windowMs: number;
  #sum = 0;
  #changes = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  push(at: number, value: number): void {
    this.#ring.push(at, value);
    this.#sum += value;
    this.#changes += 1;
  }

  shift(byMs: number): void {
    this.#ring.shift(byMs);
  }

  read(now: number): number {
    const ring = this.#ring;
    while (ring.size > 0 && ring.at(0) <= now - this.#windowMs) {
      this.#sum -= ring.value(0);
      ring.removeOldest();
    }
    if (ring.size === 0) {
      this.#sum = 0;
      return Number.NaN;
    }
    if (this.#changes >= sumAfreshAfter) {
      this.#changes = 0;
      this.#sum = 0;
      for (let index = 0; index < ring.size; index += 1) this.#sum += ring.value(index);
    }
    return this.#sum / ring.size;
  }
}

/**
 * Keeps only samples that can still become the extreme: a queue that grows from its head on (`sign` 1: min, -1: max).
 */
class ExtremeCell implements WindowCell {
  readonly #ring = new SampleRing();
  readonly #windowMs: number;
  readonly #sign: number;

  constructor(windowMs: number, sign: 1 | -1) {
    this.#windowMs = windowMs;
    this.#sign = sign;
  }

  push(at: number, value: number): void {
    const ring = this.#ring;
    while (ring.size > 0 && (ring.value(ring.size - 1) - value) * this.#sign >= 0) ring.removeNewest();
    ring.push(at, value);
  }

  shift(byMs: number): void {
    this.#ring.shift(byMs);
  }

  read(now: number): number {
    while (this.#ring.size > 0 && this.#ring.at(0) <= now - this.#windowMs) this.#ring.removeOldest();
    return this.#ring.size === 0 ? Number.NaN : this.#ring.value(0);
  }
}

/** Growth between the first and the last sample of the window, over the time between them. */
class RateCell implements WindowCell {
  /** Growth since the sample before, at each sample. */
  readonly #growth = new SampleRing();
  readonly #windowMs: number;
  #last = Number.NaN;
  #sum = 0;
  #changes = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  push(at: number, value: number): void {
    const isFirst = this.#growth.size === 0 || Number.isNaN(this.#last);
    // A counter that fell has restarted at zero: what it shows now has all been added since.
    const growth = isFirst ? 0 : value < this.#last ? value : value - this.#last;
    this.#last = value;
    this.#growth.push(at, growth);
    this.#sum += growth;
    this.#changes += 1;
  }

  shift(byMs: number): void {
    this.#growth.shift(byMs);
    // What was added in that time belongs to no second that was measured.
    this.#last = Number.NaN;
  }

  read(now: number): number {
    const ring = this.#growth;
    while (ring.size > 0 && ring.at(0) <= now - this.#windowMs) {
      // The oldest sample's own growth lies before the window; with it goes that of the next one.
      ring.removeOldest();
      if (ring.size > 0) this.#sum -= ring.value(0);
    }
    if (ring.size < 2) {
      this.#sum = 0;
      return Number.NaN;
    }
    if (this.#changes >= sumAfreshAfter) {
      this.#changes = 0;
      this.#sum = 0;
      for (let index = 1; index < ring.size; index += 1) this.#sum += ring.value(index);
    }
    return (this.#sum / (ring.at(ring.size - 1) - ring.at(0))) * 1000;
  }
}

/** Linear between the two nearest ranks, as Prometheus does it. */
class QuantileCell implements WindowCell {
  readonly #ring = new SampleRing();
  readonly #windowMs: number;
  readonly #quantile: number;
  #sorted = new Float64Array(16);

  constructor(windowMs: number, quantile: number) {
    this.#windowMs = windowMs;
    this.#quantile = quantile;
  }

  push(at: number, value: number): void {
    const size = this.#ring.size;
    if (size === this.#sorted.length) {
      const larger = new Float64Array(size * 2);
      larger.set(this.#sorted);
      this.#sorted = larger;
    }
    const place = this.#placeOf(value);
    this.#sorted.copyWithin(place + 1, place, size);
    this.#sorted[place] = value;
    this.#ring.push(at, value);
  }

  shift(byMs: number): void {
    this.#ring.shift(byMs);
  }

  read(now: number): number {
    const ring = this.#ring;
    while (ring.size > 0 && ring.at(0) <= now - this.#windowMs) {
      const place = this.#placeOf(ring.value(0));
      this.#sorted.copyWithin(place, place + 1, ring.size);
      ring.removeOldest();
    }
    if (ring.size === 0) return Number.NaN;
    const rank = this.#quantile * (ring.size - 1);
    const below = Math.floor(rank);
    const above = Math.min(ring.size - 1, below + 1);
    const weight = rank - below;
    return (this.#sorted[below] as number) * (1 - weight) + (this.#sorted[above] as number) * weight;
  }

  /** The first place whose number is not smaller. */
  #placeOf(value: number): number {
    return partitionPoint(this.#ring.size, (index) => (this.#sorted[index] as number) < value);
  }
}
