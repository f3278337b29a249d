/**
 * A program that took the bytes for text (Latin-1 or Windows-1252) and wrote them as UTF-8: each character is one byte
 * again.
 */
import type { Decoder } from './decoder.ts';

/** Where Windows-1252 has characters of its own, from 0x80 on; 0: none, the byte stays as it is. */
const windows1252 = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];
const byteOf = new Map(windows1252.flatMap((character, index) => (character === 0 ? [] : [[character, 0x80 + index]])));

export function createTextDecoder(): Decoder {
  let rest = Buffer.alloc(0);
  const decode = (bytes: Buffer): Buffer | null => {
    const out = Buffer.allocUnsafe(bytes.length);
    let length = 0;
    let at = 0;
    while (at < bytes.length) {
      const first = bytes[at] as number;
      const size = first < 0x80 ? 1 : first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : 0;
      if (size === 0) return null;
      if (at + size > bytes.length) break;
      let character = size === 1 ? first : first & (size === 2 ? 0x1f : 0x0f);
      for (let next = 1; next < size; next += 1) {
        const byte = bytes[at + next] as number;
        if ((byte & 0xc0) !== 0x80) return null;
        character = character * 64 + (byte & 0x3f);
      }
      const byte = character < 0x100 ? character : byteOf.get(character);
      if (byte === undefined) return null;
      out[length++] = byte;
      at += size;
    }
    rest = Buffer.from(bytes.subarray(at));
    return out.subarray(0, length);
  };
  return {
    push: (piece) => decode(rest.length === 0 ? piece : Buffer.concat([rest, piece])),
    end: () => (rest.length === 0 ? Buffer.alloc(0) : null),
  };
}
