/** Random access to a file through a small cache of chunks: memory is bounded by the cache, not by the file. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The largest page size, so that a chunk holds whole pages of any size. */
const chunkBytes = 65_536;

export class FileBytes implements Disposable {
  readonly size: number;
  readonly #fd: number;
  readonly #slots: Buffer[] = [];
  readonly #chunkOfSlot: number[] = [];
  readonly #slotOfChunk = new Map<number, number>();
  readonly #capacity: number;
  #hand = 0;
  #bytesRead = 0;

  constructor(path: string, cacheBytes = 2 * 1024 * 1024) {
    this.#fd = openSync(path, 'r');
    this.size = fstatSync(this.#fd).size;
    this.#capacity = Math.max(2, Math.floor(cacheBytes / chunkBytes));
  }

  get bytesRead(): number {
    return this.#bytesRead;
  }

  /** Bytes [at, at + length) within one chunk, shorter at the end of the file. Valid until the next call. */
  view(at: number, length: number): Buffer {
    const chunk = Math.floor(at / chunkBytes);
    const within = at - chunk * chunkBytes;
    if (within + length > chunkBytes) return this.copy(at, length);
    const bytes = this.#chunk(chunk);
    return bytes.subarray(within, Math.min(within + length, this.#lengthOf(chunk)));
  }

  /** The same, copied, and of any length. */
  copy(at: number, length: number): Buffer {
    const wanted = Math.max(0, Math.min(length, this.size - at));
    const bytes = Buffer.allocUnsafe(wanted);
    let done = 0;
    while (done < wanted) {
      const count = readSync(this.#fd, bytes, done, wanted - done, at + done);
      if (count === 0) break;
      done += count;
    }
    this.#bytesRead += done;
    return bytes.subarray(0, done);
  }

  #lengthOf(chunk: number): number {
    return Math.max(0, Math.min(chunkBytes, this.size - chunk * chunkBytes));
  }

  #chunk(chunk: number): Buffer {
    const present = this.#slotOfChunk.get(chunk);
    if (present !== undefined) return this.#slots[present] as Buffer;
    // Replacement goes round: cheaper than LRU, and as good for scans and trees.
    const slot = this.#hand;
    this.#hand = (this.#hand + 1) % this.#capacity;
    const old = this.#chunkOfSlot[slot];
    if (old !== undefined) this.#slotOfChunk.delete(old);
    this.#slots[slot] ??= Buffer.allocUnsafeSlow(chunkBytes);
    const bytes = this.#slots[slot] as Buffer;
    let done = 0;
    const wanted = this.#lengthOf(chunk);
    while (done < wanted) {
      const count = readSync(this.#fd, bytes, done, wanted - done, chunk * chunkBytes + done);
      if (count === 0) break;
      done += count;
    }
    // A sector that can't be read or a file that shrank reads as zeros: no page is valid then.
    bytes.fill(0, done);
    this.#bytesRead += done;
    this.#chunkOfSlot[slot] = chunk;
    this.#slotOfChunk.set(chunk, slot);
    return bytes;
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }
}
