/** Page size and reserved bytes as the pages themselves show them, for a file whose header lies or is gone. */
import { BtreePage } from './btree-page.ts';
import type { FileBytes } from './file-bytes.ts';
import { RecordReader } from './record.ts';

export interface Geometry {
  readonly pageSize: number;
  readonly reserved: number;
  /** Share of the sampled bytes that lie in consistent b-tree pages under this geometry. */
  readonly share: number;
}

const sizes = [512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536] as const;
/** Bytes looked at for each size: enough for a hundred of the largest pages. */
const sampleBytes = 6 * 1024 * 1024;

/** How well a geometry fits, 0–1. A page counts when it tiles exactly and holds a cell: chance does not do that. */
export function geometryFit(file: FileBytes, pageSize: number, reserved: number): number {
  const page = new BtreePage(pageSize);
  const record = new RecordReader(true);
  const count = Math.floor(file.size / pageSize);
  const step = Math.max(1, Math.floor((count * pageSize) / sampleBytes));
  let good = 0;
  let seen = 0;
  for (let number = 1; number <= count; number += step) {
    seen += 1;
    const bytes = file.view((number - 1) * pageSize, pageSize);
    const verdict = page.parse(bytes, number, pageSize - reserved, record);
    if (verdict === 'consistent' && page.cellCount > 0) good += 1;
  }
  return seen === 0 ? 0 : good / seen;
}

/** The geometry that explains most of the file; undefined where none explains any of it. */
export function inferGeometry(file: FileBytes, hint?: { pageSize: number; reserved: number }): Geometry | undefined {
  let best: Geometry | undefined;
  const consider = (pageSize: number, reserved: number): void => {
    if (pageSize - reserved < 480 || file.size < pageSize) return;
    const share = geometryFit(file, pageSize, reserved);
    if (share > 0 && (best === undefined || share > best.share)) best = { pageSize, reserved, share };
  };
  if (hint !== undefined) consider(hint.pageSize, hint.reserved);
  for (const size of sizes) {
    consider(size, 0);
    const reserved = reservedByCells(file, size);
    if (reserved > 0) consider(size, reserved);
  }
  return best;
}

/**
 * The first cell of a page that was filled in order ends where the reserved bytes begin: the end seen most often tells.
 */
function reservedByCells(file: FileBytes, pageSize: number): number {
  const page = new BtreePage(pageSize);
  const votes = new Map<number, number>();
  const count = Math.min(200, Math.floor(file.size / pageSize));
  for (let number = 2; number <= count; number += 1) {
    page.parse(file.view((number - 1) * pageSize, pageSize), number, pageSize);
    let reach = 0;
    for (let cell = 0; cell < page.cellCount; cell += 1)
      if (page.flaws[cell] === 0) reach = Math.max(reach, (page.start[cell] as number) + (page.size[cell] as number));
    const reserved = pageSize - reach;
    if (reach > 0 && reserved > 0 && reserved <= 255) votes.set(reserved, (votes.get(reserved) ?? 0) + 1);
  }
  let best = 0;
  for (const [reserved, number] of votes) if (number > (votes.get(best) ?? 2)) best = reserved;
  return best;
}
