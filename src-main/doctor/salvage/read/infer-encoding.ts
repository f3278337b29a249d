/** The text encoding as the stored texts themselves show it. */
import { isUtf8 } from 'node:buffer';
import { BtreePage } from '../../sqlite-file/btree-page.ts';
import type { TextEncoding } from '../../sqlite-file/header.ts';
import type { PageSource } from '../../sqlite-file/page-source.ts';
import { RecordReader } from '../../sqlite-file/record.ts';
import type { PageMap } from './page-map.ts';

/** Texts looked at: far more than chance needs. */
const enough = 400;

/** undefined where the texts do not tell (none there, or Chinese in UTF-16 that could be either). */
export function inferEncoding(source: PageSource, map: PageMap): TextEncoding | undefined {
  const page = new BtreePage(source.pageSize);
  const record = new RecordReader(true);
  const step = Math.max(1, Math.floor(map.count / 300));
  let texts = 0;
  let bytesSeen = 0;
  let evenZeros = 0;
  let oddZeros = 0;
  let validUtf8 = 0;
  for (let number = 1; number <= map.count && texts < enough; number += step) {
    if (!map.isTree(number) || !map.isLeaf(number)) continue;
    const bytes = source.read(number);
    if (bytes === undefined) continue;
    page.parse(bytes, number, source.usable, record);
    for (let cell = 0; cell < page.cellCount && texts < enough; cell += 1) {
      const start = page.payloadStart[cell] as number;
      const local = page.localLength[cell] as number;
      if (page.flaws[cell] !== 0 || local !== page.payloadLength[cell]) continue;
      if (!record.parse(bytes, start, local, local)) continue;
      for (let field = 0; field < record.count; field += 1) {
        const type = record.types[field] as number;
        const length = record.lengths[field] as number;
        if (type < 13 || type % 2 === 0 || length < 2) continue;
        const text = bytes.subarray(record.starts[field] as number, (record.starts[field] as number) + length);
        texts += 1;
        bytesSeen += length;
        for (let at = 0; at < length; at += 1)
          if (text[at] === 0) {
            if (at % 2 === 0) evenZeros += 1;
            else oddZeros += 1;
          }
        if (isUtf8(text) && !text.includes(0)) validUtf8 += 1;
      }
    }
  }
  if (texts === 0) return undefined;
  if (oddZeros > bytesSeen / 6 && oddZeros > 4 * evenZeros) return 'UTF-16le';
  if (evenZeros > bytesSeen / 6 && evenZeros > 4 * oddZeros) return 'UTF-16be';
  return validUtf8 > texts * 0.9 ? 'UTF-8' : undefined;
}
