/**
 * A file of /proc or /sys that is read again and again: opened once, read at offset 0 into one buffer, one system call
 * each time.
 */
import { closeSync, openSync, readSync } from 'node:fs';

export class HeldFile implements Disposable {
  readonly #path: string;
  readonly #buffer: Buffer;
  #fd: number | undefined;

  /** @param size the most that is read, bytes; what lies behind it is not wanted */
  constructor(path: string, size = 16_384) {
    this.#path = path;
    this.#buffer = Buffer.allocUnsafeSlow(size);
  }

  /** Throws as `fs` does. /proc files are one-byte text. */
  read(): string {
    this.#fd ??= openSync(this.#path, 'r');
    try {
      let length = 0;
      // Some files come in pieces of a page.
      while (length < this.#buffer.length) {
        const got = readSync(this.#fd, this.#buffer, length, this.#buffer.length - length, length);
        if (got === 0) break;
        length += got;
      }
      return this.#buffer.toString('latin1', 0, length);
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
