/** A transfer in text mode makes CR LF of each LF; nothing else has changed, so each CR LF is one LF again. */
import type { Decoder } from './decoder.ts';

const lf = 0x0a;
const cr = 0x0d;

export function createLineEndDecoder(): Decoder {
  let hasPendingCr = false;
  return {
    push: (piece) => {
      const out = Buffer.allocUnsafe(piece.length + 1);
      let length = 0;
      for (const byte of piece) {
        if (byte === lf && !hasPendingCr) return null;
        if (byte !== lf && hasPendingCr) out[length++] = cr;
        hasPendingCr = byte === cr;
        if (!hasPendingCr) out[length++] = byte;
      }
      return out.subarray(0, length);
    },
    end: () => (hasPendingCr ? Buffer.of(cr) : Buffer.alloc(0)),
  };
}
