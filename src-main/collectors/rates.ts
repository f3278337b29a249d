/** Turns counters that only grow into rates; a counter that went back has restarted and tells nothing this time. */
export class Rates {
  #before = new Map<string, { readonly value: number; readonly at: number }>();

  /** Growth per second since the value before; undefined the first time and after a restart. */
  perSecond(key: string, value: number, monotonicMs: number): number | undefined {
    const before = this.#before.get(key);
    this.#before.set(key, { value, at: monotonicMs });
    if (before === undefined || value < before.value || monotonicMs <= before.at) return undefined;
    return ((value - before.value) * 1_000) / (monotonicMs - before.at);
  }

  /** Forgets what was not asked about since `monotonicMs`. */
  forgetBefore(monotonicMs: number): void {
    for (const [key, { at }] of this.#before) if (at < monotonicMs) this.#before.delete(key);
  }
}
