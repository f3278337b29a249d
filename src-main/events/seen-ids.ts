/**
 * Remembers the last ids in constant memory: two generations of 53-bit hashes, each 131,072 ids in 2 MB; between
 * 131,072 and twice as many ids are known. Two different ids are taken for one with a chance below 1 in 3·10¹⁰ an
 * event.
 */
const capacity = 131_072;
/** Half full at most, so that probing stays short. */
const tableSize = capacity * 2;

export class SeenIds {
  #current: Float64Array | undefined;
  #previous: Float64Array | undefined;
  #count = 0;

  /** True the first time that an id comes, false when it is known. */
  add(id: string): boolean {
    return this.addHash(hash53(id));
  }

  has(id: string): boolean {
    const hash = hash53(id);
    return [this.#current, this.#previous].some((table) => table !== undefined && table[find(table, hash)] === hash);
  }

  /** The same for what `hash53` made of an id; as they are kept over a restart. */
  addHash(hash: number): boolean {
    this.#current ??= new Float64Array(tableSize);
    if (this.#previous !== undefined && this.#previous[find(this.#previous, hash)] === hash) return false;
    const place = find(this.#current, hash);
    if (this.#current[place] === hash) return false;
    this.#current[place] = hash;
    this.#count += 1;
    if (this.#count >= capacity) {
      this.#previous = this.#current;
      this.#current = new Float64Array(tableSize);
      this.#count = 0;
    }
    return true;
  }
}

/** Where the hash is, or the free place where it belongs. */
function find(table: Float64Array, hash: number): number {
  let place = hash % tableSize;
  while (table[place] !== 0 && table[place] !== hash) place = (place + 1) % tableSize;
  return place;
}

/** Two 32-bit hashes of the text (multiply and rotate, as in murmur), joined to 53 bits; never 0, which means free. */
export function hash53(text: string): number {
  let a = 0xdeadbeef ^ text.length;
  let b = 0x41c6ce57 ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    a = (a << 13) | (a >>> 19);
    b = (b << 15) | (b >>> 17);
  }
  a = Math.imul(a ^ (a >>> 16), 0x7feb352d) ^ Math.imul(b ^ (b >>> 15), 0x846ca68b);
  b = Math.imul(b ^ (b >>> 16), 0x7feb352d) ^ Math.imul(a ^ (a >>> 15), 0x846ca68b);
  return (b >>> 11) * 4_294_967_296 + (a >>> 0) || 1;
}
