/** Samples in order of time, oldest out first; grows to the number that its window really holds. */
export class SampleRing {
  #at = new Float64Array(16);
  #values = new Float64Array(16);
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(at: number, value: number): void {
    if (this.#size === this.#at.length) this.#grow();
    const slot = (this.#head + this.#size) & (this.#at.length - 1);
    this.#at[slot] = at;
    this.#values[slot] = value;
    this.#size += 1;
  }

  /** 0 is the oldest. */
  at(index: number): number {
    return this.#at[(this.#head + index) & (this.#at.length - 1)] as number;
  }

  value(index: number): number {
    return this.#values[(this.#head + index) & (this.#at.length - 1)] as number;
  }

  removeOldest(): void {
    this.#head = (this.#head + 1) & (this.#at.length - 1);
    this.#size -= 1;
  }

  removeNewest(): void {
    this.#size -= 1;
  }

  /** Moves all samples in time. */
  shift(byMs: number): void {
    for (let slot = 0; slot < this.#at.length; slot += 1) this.#at[slot] = (this.#at[slot] as number) + byMs;
  }

  /** Doubles; the length stays a power of two, so that a mask does for the remainder. */
  #grow(): void {
    const at = new Float64Array(this.#at.length * 2);
    const values = new Float64Array(this.#at.length * 2);
    for (let index = 0; index < this.#size; index += 1) {
      at[index] = this.at(index);
      values[index] = this.value(index);
    }
    this.#at = at;
    this.#values = values;
    this.#head = 0;
  }
}
