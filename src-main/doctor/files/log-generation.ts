/**
 * Does the log beside a database belong to it as it is now, or to one that lay there before? A log of another
 * generation is all whole frames; what tells is what both say of the same database.
 */
import { FileBytes } from '../sqlite-file/file-bytes.ts';
import { type DatabaseHeader, readHeader } from '../sqlite-file/header.ts';
import { OverlaidPages } from '../sqlite-file/page-source.ts';
import { type TreeWalk, walkTrees } from '../sqlite-file/walk-trees.ts';
import { readWriteAheadLog } from '../sqlite-file/write-ahead-log.ts';

export interface LogGeneration {
  /** Both readings: as the file is alone, and as SQLite would read it with the log. */
  readonly without: TreeWalk;
  readonly with: TreeWalk;
}

/** null: nothing speaks against it. Called only where the log has whole commits and the header can be read. */
export function findOtherGeneration(path: string, header: DatabaseHeader, signal?: AbortSignal): LogGeneration | null {
  const { pageSize, reserved, hasMagic } = header;
  if (!hasMagic || pageSize === undefined) return null;
  using file = new FileBytes(path);
  using logBytes = new FileBytes(`${path}-wal`);
  const log = readWriteAheadLog(logBytes, pageSize);
  if (log === undefined || log.damaged > 0) return null;
  const shape = (pageCount: number) => ({ pageSize, reserved, pageCount });
  const joined = new OverlaidPages(file, shape(log.pageCount), log.overlay);
  const first = log.overlay.offsets.has(1) ? readHeader(Buffer.from(joined.read(1) ?? []).subarray(0, 100)) : undefined;
  // A database enters WAL mode by a write to its own header, and leaves it only when the log is gone.
  const isInOtherMode = header.readVersion === 1 && header.writeVersion === 1;
  // Every commit that the log holds of page 1 counts on from the file's own.
  const isLater = first !== undefined && isNewer(header.changeCounter, first.changeCounter);
  const withLog = walkTrees(joined, signal);
  if (withLog.isSound && !isInOtherMode && !isLater) return null;
  const alone = walkTrees(new OverlaidPages(file, shape(Math.floor(file.size / pageSize))), signal);
  // A file that is whole only with the log was being written from it.
  if (withLog.isSound && !alone.isSound) return null;
  return isInOtherMode || isLater || alone.isSound ? { without: alone, with: withLog } : null;
}

/** The counter begins anew after 2^32 changes. */
const isNewer = (one: number, other: number): boolean => one !== other && (one - other) >>> 0 < 0x8000_0000;
