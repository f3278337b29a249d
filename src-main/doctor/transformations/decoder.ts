/** What takes one transformation of a whole file back, piece by piece. */

export interface Decoder {
  /** Null as soon as the file cannot be of this kind. */
  push(piece: Buffer): Buffer | null;
  end(): Buffer | null;
}

/** Files are read in pieces of this size. */
export const pieceBytes = 1024 * 1024;
