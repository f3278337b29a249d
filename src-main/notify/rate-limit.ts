/** So many a minute, in bursts up to that number. Time is handed in. */
export class RateLimit {
  #tokens: number;
  #at: number | undefined;
  #perMinute: number;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
    this.#tokens = perMinute;
  }

  set perMinute(value: number) {
    this.#perMinute = value;
  }

  /** Takes one and answers 0, or the ms until there is one. */
  take(now: number): number {
    const passed = this.#at === undefined ? 0 : Math.max(0, now - this.#at);
    this.#at = now;
    this.#tokens = Math.min(this.#perMinute, this.#tokens + (passed * this.#perMinute) / 60_000);
    // A hair less than one is one: the sum above is of fractions.
    if (this.#tokens >= 1 - 1e-9) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - this.#tokens) * 60_000) / this.#perMinute);
  }
}
