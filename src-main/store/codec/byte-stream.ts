/** Bytes in a row, with the variable-length numbers that small values deserve. */

/** Grows as needed; `take` hands out what was written and starts anew on the same memory. */
export class ByteWriter {
  #bytes: Buffer = Buffer.allocUnsafe(4096);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** Whole numbers from 0 to 2^53: seven bits a byte, low ones first. */
  varint(value: number): void {
    this.#reserve(8);
    let rest = value;
    // Bit operators work on 32 bits, so larger numbers are divided first.
    while (rest >= 0x8000_0000) {
      this.#bytes[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  /** Whole numbers of either sign below 2^52: 0, -1, 1, -2, … become 0, 1, 2, 3, … */
  signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  double(value: number): void {
    this.#reserve(8);
    this.#bytes.writeDoubleLE(value, this.#length);
    this.#length += 8;
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A copy; the writer is empty after it. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + more));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/** Throws RangeError beyond the end: a block that is cut short is damaged, not short. */
export class ByteReader {
  readonly bytes: Buffer;
  position = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  byte(): number {
    if (this.position >= this.bytes.length) throw new RangeError('The bytes end too early');
    return this.bytes[this.position++] as number;
  }

  varint(): number {
    const { bytes } = this;
    let byte = this.byte();
    let value = byte & 127;
    if (byte < 128) return value;
    let factor = 128;
    do {
      if (this.position >= bytes.length || factor > 2 ** 49) throw new RangeError('A number does not end');
      byte = bytes[this.position++] as number;
      value += (byte & 127) * factor;
      factor *= 128;
    } while (byte >= 128);
    return value;
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  double(): number {
    const value = this.bytes.readDoubleLE(this.position);
    this.position += 8;
    return value;
  }

  take(length: number): Buffer {
    if (length > this.bytes.length - this.position) throw new RangeError('The bytes end too early');
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }
}
