/** Who uses which overflow page. Two rows can't share one; a page that is free, or part of a tree, is nobody's. */

import type { OverflowVisitor } from '../../sqlite-file/overflow.ts';
import { hashBytes, type PageMap, TwinFinder } from '../read/page-map.ts';
import type { Key } from '../schema/row-key.ts';
import type { TableWriter } from '../write/table-writer.ts';

interface Claimant {
  readonly writer: TableWriter;
  readonly key: Key;
}

export class OverflowClaims {
  readonly #map: PageMap;
  readonly #claims: Int32Array;
  readonly #prefix: Int32Array;
  readonly #twins: TwinFinder;
  readonly #claimants: Claimant[] = [];
  readonly #chain: number[] = [];
  readonly #hashes: number[] = [];
  #prefixHash = 0;
  #last = 0;
  /** What the pages of the chain read last say against it. */
  isSuspect = false;

  constructor(map: PageMap) {
    this.#map = map;
    this.#claims = new Int32Array(map.count + 1);
    this.#prefix = new Int32Array(map.count + 1);
    this.#twins = new TwinFinder(map.count);
  }

  /** A row that was kept uses the page. */
  has(page: number): boolean {
    return this.#claims[page] !== 0;
  }

  begin(lastLocalByte: number): void {
    this.#chain.length = 0;
    this.#hashes.length = 0;
    this.#prefixHash = 0;
    this.#last = lastLocalByte;
    this.isSuspect = false;
  }

  readonly visit: OverflowVisitor = (page, content) => {
    const map = this.#map;
    if (map.owner[page] !== 0) return false;
    if (this.#chain.includes(page) && this.#chain.length < 1000) return false;
    if (map.isFree[page] !== 0) this.isSuspect = true;
    // Zeros after something else: a page that was wiped. Zeros after zeros are how a blob of zeros looks.
    const isZero = map.isZero[page] === 1 && content.length > 8;
    if (isZero && this.#last !== 0) this.isSuspect = true;
    this.#last = content[content.length - 1] ?? 0;
    this.#chain.push(page);
    const hash = hashBytes(content);
    this.#hashes.push(content.length < 64 || isRepetitive(content) ? 0 : hash);
    this.#prefixHash = Math.imul(this.#prefixHash ^ hash, 0x0100_0193);
    this.#prefix[page] = this.#prefixHash;
    return true;
  };

  /** Claims the chain last visited for a row that was kept; rows it collides with, this one included, are returned. */
  settle(writer: TableWriter, key: Key): readonly Claimant[] {
    const me: Claimant = { writer, key };
    const number = this.#claimants.push(me);
    const conflicting = new Set<Claimant>();
    for (const [index, page] of this.#chain.entries()) {
      const there = this.#claims[page] as number;
      if (there !== 0 && there !== number) conflicting.add(this.#claimants[there - 1] as Claimant);
      this.#claims[page] = number;
      const hash = this.#hashes[index] as number;
      const twin = hash === 0 ? 0 : this.#twins.find(hash, page);
      // The same content twice after different beginnings: one page was written over the other.
      if (twin !== 0 && this.#prefix[twin] !== this.#prefix[page]) {
        const owner = this.#claims[twin] as number;
        if (owner !== 0 && owner !== number) conflicting.add(this.#claimants[owner - 1] as Claimant);
      }
    }
    if (conflicting.size > 0) conflicting.add(me);
    return [...conflicting];
  }
}

/** The same few bytes over and over: no wonder that another row has them too. */
function isRepetitive(content: Buffer): boolean {
  for (let period = 1; period <= longestPeriod; period += 1)
    if (content.subarray(period).equals(content.subarray(0, content.length - period))) return true;
  return false;
}

const longestPeriod = 64;
