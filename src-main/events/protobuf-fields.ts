/** Walks the fields of one protobuf message: as much of the wire format as OTLP needs, and every length checked. */

class MalformedProtobuf extends Error {
  override readonly name = 'MalformedProtobuf';
}

/** A field as it lies in the message; which accessor is right the reader knows from the message's definition. */
export class Field {
  readonly number: number;
  readonly wire: number;
  readonly bytes: Buffer;
  /** Value of a varint field. */
  readonly varint: number;

  constructor(number: number, wire: number, bytes: Buffer, varint: number) {
    this.number = number;
    this.wire = wire;
    this.bytes = bytes;
    this.varint = varint;
  }

  text(): string {
    return this.bytes.toString('utf8');
  }

  double(): number {
    this.#mustHave(8);
    return this.bytes.readDoubleLE(0);
  }

  /** Counts are exact up to 2^53, as everywhere in JavaScript. */
  fixed64(): number {
    this.#mustHave(8);
    return Number(this.bytes.readBigUInt64LE(0));
  }

  signedFixed64(): number {
    this.#mustHave(8);
    return Number(this.bytes.readBigInt64LE(0));
  }

  packedDoubles(): number[] {
    return this.#packed((offset) => this.bytes.readDoubleLE(offset));
  }

  packedFixed64(): number[] {
    return this.#packed((offset) => Number(this.bytes.readBigUInt64LE(offset)));
  }

  #packed(read: (offset: number) => number): number[] {
    if (this.bytes.length % 8 !== 0) throw new MalformedProtobuf('A packed field has a broken length');
    return Array.from({ length: this.bytes.length / 8 }, (_, index) => read(index * 8));
  }

  #mustHave(length: number): void {
    if (this.bytes.length !== length) throw new MalformedProtobuf('A field has another type than it should');
  }
}

const empty = Buffer.alloc(0);

export function* fieldsOf(message: Buffer): Generator<Field> {
  let offset = 0;
  const varint = (): number => {
    let value = 0;
    let scale = 1;
    for (let length = 0; length < 10; length += 1) {
      const byte = message[offset];
      if (byte === undefined) throw new MalformedProtobuf('The message ends in the middle of a number');
      offset += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    throw new MalformedProtobuf('A number is longer than ten bytes');
  };
  const take = (length: number): Buffer => {
    if (offset + length > message.length) throw new MalformedProtobuf('A field is longer than its message');
    offset += length;
    return message.subarray(offset - length, offset);
  };
  while (offset < message.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    if (wire === 0) yield new Field(number, wire, empty, varint());
    else if (wire === 1) yield new Field(number, wire, take(8), 0);
    else if (wire === 2) yield new Field(number, wire, take(varint()), 0);
    else if (wire === 5) yield new Field(number, wire, take(4), 0);
    else throw new MalformedProtobuf(`Wire type ${wire} is not known`);
  }
}
