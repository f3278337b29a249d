/**
 * What the probe thread is asked about a log and answers; survives structured cloning, and `LogFile` is kept over
 * restarts.
 */
import { z } from 'zod';

/** How far a file was read, and how it is known again under another name, as a copy, or packed. */
const logFileSchema = z.object({
  path: z.string(),
  /** Device and inode. */
  inode: z.string(),
  /** Bytes that were read, of the unpacked content. */
  offset: z.number(),
  size: z.number(),
  modifiedMs: z.number(),
  /** Hash of the first bytes, and of how many. */
  head: z.object({ length: z.number(), hash: z.string() }),
  /** The same of the last bytes in front of the offset. */
  tail: z.object({ length: z.number(), hash: z.string() }),
  /** The offset lies within a line whose beginning was left out. */
  isInLine: z.boolean(),
  /** `current` is found by the target's path, `earlier` was; a `neighbour` only has a similar name. */
  role: z.enum(['current', 'earlier', 'neighbour']),
});
export type LogFile = z.infer<typeof logFileSchema>;
export const logFilesSchema = z.array(logFileSchema).max(5_000);

export interface LogQuestion {
  /** Files stay open from look to look under this name. */
  readonly key: string;
  /** A file, or several by `*`, `?`, `[…]` and `**`. */
  readonly path: string;
  readonly encoding: string;
  readonly patterns: readonly { readonly source: string; readonly ignoreCase: boolean }[];
  /** What the look before answered; undefined begins at the end, so that old lines are not taken for new ones. */
  readonly files?: readonly LogFile[];
}

export interface LogReading {
  readonly files: readonly LogFile[];
  /** Files that the path names now. */
  readonly found: number;
  /** More than these are not read. */
  readonly leftOutFiles: number;
  /** Their sizes together. */
  readonly size: number;
  /** Matching lines for each pattern, in their order; null for one that can't be used. */
  readonly matches: readonly (number | null)[];
  readonly lines: number;
  /** Bytes that were not searched: too many at once, a line without end, or a file that went before it was read. */
  readonly skippedBytes: number;
  /** Bytes that wait for the next look. */
  readonly waitingBytes: number;
  readonly rotations: number;
  /** Files that were emptied or went without leaving a copy, so that nobody can tell whether more was in them. */
  readonly unknownEnds: number;
  /** Files that could not be opened, with what the system said; at most five. */
  readonly unreadable: readonly { readonly path: string; readonly code: string; readonly message: string }[];
}
