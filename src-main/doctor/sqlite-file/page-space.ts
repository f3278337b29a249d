/** How the room on a b-tree page is shared out, as the file format has it. */

/** How much of a payload is kept on the page itself. */
export function localPayload(payload: number, usable: number, isTableLeaf: boolean): number {
  const most = isTableLeaf ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (payload <= most) return payload;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const local = least + ((payload - least) % (usable - 4));
  return local <= most ? local : least;
}

/** Bytes in the chain of free blocks, -1 where the chain is not one. */
export function freeBlockBytes(bytes: Buffer, first: number, content: number, usable: number): number {
  let at = first;
  let total = 0;
  let floor = content;
  while (at !== 0) {
    if (at < floor || at > usable - 4) return -1;
    const next = bytes.readUInt16BE(at);
    const size = bytes.readUInt16BE(at + 2);
    if (size < 4 || at + size > usable) return -1;
    total += size;
    floor = at + size;
    at = next;
  }
  return total;
}
