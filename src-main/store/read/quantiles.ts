/**
 * Quantiles of any number of values in bounded memory: exact up to `exactValues`, then within half a percent of the
 * value, from counts in logarithmic bins (the idea of DDSketch, https://arxiv.org/abs/1908.10693).
 */
const exactValues = 50_000;
const relativeError = 0.005;
const gamma = (1 + relativeError) / (1 - relativeError);
const logGamma = Math.log(gamma);

export class Quantiles {
  #exact: number[] | undefined = [];
  readonly #above = new Map<number, number>();
  readonly #below = new Map<number, number>();
  #zeros = 0;
  #count = 0;

  add(values: Float64Array): void {
    for (const value of values) {
      if (Number.isNaN(value)) continue;
      this.#count += 1;
      if (this.#exact !== undefined) this.#exact.push(value);
      else this.#bin(value);
    }
    if (this.#exact === undefined || this.#exact.length <= exactValues) return;
    for (const value of this.#exact) this.#bin(value);
    this.#exact = undefined;
  }

  /**
   * @param share 0–1; between two values the one nearer to it by rank counts in proportion. @returns null without
   * values
   */
  at(share: number): number | null {
    if (this.#count === 0) return null;
    const rank = share * (this.#count - 1);
    if (this.#exact === undefined) return this.#binned(rank);
    const sorted = Float64Array.from(this.#exact).sort();
    const low = sorted[Math.floor(rank)] as number;
    const high = sorted[Math.ceil(rank)] as number;
    return low + (high - low) * (rank - Math.floor(rank));
  }

  #bin(value: number): void {
    if (value === 0) {
      this.#zeros += 1;
      return;
    }
    const side = value > 0 ? this.#above : this.#below;
    const bin = Math.ceil(Math.log(Math.abs(value)) / logGamma);
    side.set(bin, (side.get(bin) ?? 0) + 1);
  }

  #binned(rank: number): number {
    const middle = (bin: number): number => (2 * gamma ** bin) / (gamma + 1);
    let seen = 0;
    for (const [bin, count] of [...this.#below].sort(([a], [b]) => b - a)) {
      seen += count;
      if (seen > rank) return -middle(bin);
    }
    seen += this.#zeros;
    if (seen > rank) return 0;
    let value = 0;
    for (const [bin, count] of [...this.#above].sort(([a], [b]) => a - b)) {
      value = middle(bin);
      seen += count;
      if (seen > rank) return value;
    }
    return value;
  }
}
