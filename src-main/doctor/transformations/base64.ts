/** Base64 as mails and JSON carry it, in lines or in one. */
import type { Decoder } from './decoder.ts';

/** "SQLite format 3" and the first bits of its NUL. */
export const base64Magic = 'U1FMaXRlIGZvcm1hdCAz';

export function createBase64Decoder(): Decoder {
  let rest = '';
  return {
    push: (piece) => {
      const text = rest + piece.toString('latin1').replaceAll(/\s+/g, '');
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
      const whole = text.length - (text.length % 4);
      rest = text.slice(whole);
      return Buffer.from(text.slice(0, whole), 'base64');
    },
    // Some leave the padding out.
    end: () => (rest.length === 1 ? null : Buffer.from(rest, 'base64')),
  };
}
