/**
 * The checksum of the write-ahead log (section 4.2 of the file format): two running sums over 32-bit words in the byte
 * order that its header names.
 */

export interface LogChecksum {
  first: number;
  second: number;
}

/** Continues `sum` over `bytes`, whose length is a multiple of 8. */
export function addToLogChecksum(sum: LogChecksum, bytes: Buffer, isBigEndian: boolean): void {
  let { first, second } = sum;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    first = (first + view.getUint32(at, !isBigEndian) + second) >>> 0;
    second = (second + view.getUint32(at + 4, !isBigEndian) + first) >>> 0;
  }
  sum.first = first;
  sum.second = second;
}

/** The checksum of one page record of a rollback journal: its nonce plus every 200th byte, counted from the end. */
export function journalChecksum(nonce: number, page: Buffer): number {
  let sum = nonce;
  for (let at = page.length - 200; at > 0; at -= 200) sum = (sum + (page[at] as number)) >>> 0;
  return sum;
}
