/** A map that forgets what was used longest ago; says so, because what is kept of it elsewhere has to go as well. */
export class RecentMap<T> {
  readonly #entries = new Map<string, T>();
  readonly #most: number;
  readonly #onForget: (key: string, value: T) => void;

  constructor(most: number, onForget: (key: string, value: T) => void) {
    this.#most = most;
    this.#onForget = onForget;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): T | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#most) return;
    const [oldest, forgotten] = this.#entries.entries().next().value as [string, T];
    this.#entries.delete(oldest);
    this.#onForget(oldest, forgotten);
  }
}
