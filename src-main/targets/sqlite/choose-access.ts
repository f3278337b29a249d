/**
 * How a database may be looked at without its owner noticing. Pure. The dangers, and how each is avoided: a reader's
 * lock makes a commit fail in rollback mode → small files are read aside as bytes, without any lock, and large ones
 * only when nobody has written for a while; a reader makes -wal and -shm files that it may not delete → nobody connects
 * in WAL mode unless both are there already; a file with a hot journal is half-written → it is left alone until the
 * journal is gone.
 */
export interface FilesSeen {
  readonly size: number;
  readonly isWal: boolean;
  readonly walBytes: number | undefined;
  readonly hasShm: boolean;
  readonly journalBytes: number | undefined;
  /** Time since the file was last written, ms. */
  readonly quietMs: number;
}

export type Access =
  /** Read the bytes, look at the copy in memory. */
  | { readonly how: 'aside' }
  /** Connect read-only, for as short as can be. */
  | { readonly how: 'connect'; readonly mayTakeLong: boolean }
  /** Look at the header alone. */
  | { readonly how: 'header'; readonly reason: HeaderOnly };

/** Why no more than the header may be read. */
export type HeaderOnly = 'exclusive' | 'closed' | 'being-changed' | 'busy';

/** Twice this much memory is needed for a moment. */
export const largestAside = 16 * 1_048_576;
/** Whoever wrote a moment ago will write again in a moment. */
const quietEnoughMs = 5_000;
const quietForLongMs = 60_000;

export function chooseAccess(files: FilesSeen): Access {
  if (files.isWal) {
    const hasWal = files.walBytes !== undefined;
    if (hasWal && files.hasShm) return { how: 'connect', mayTakeLong: true };
    if (hasWal && (files.walBytes as number) > 0) return { how: 'header', reason: 'exclusive' };
    if (files.size <= largestAside) return { how: 'aside' };
    return { how: 'header', reason: 'closed' };
  }
  if ((files.journalBytes ?? 0) > 0) return { how: 'header', reason: 'being-changed' };
  if (files.size <= largestAside) return { how: 'aside' };
  // Whoever reads in rollback mode keeps writers out, and one without patience fails at once.
  if (files.quietMs < quietEnoughMs) return { how: 'header', reason: 'busy' };
  return { how: 'connect', mayTakeLong: files.quietMs >= quietForLongMs };
}
