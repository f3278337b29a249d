/** Reads what a log has grown by, in the probe thread, and counts the lines that match. Rotation and truncation are seen by inode and size. */
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { compilePattern, type LinearPattern } from '../../platform/linear-pattern.ts';

export interface LogPlace {
  readonly inode: number;
  readonly offset: number;
}

export interface LogQuestion {
  readonly path: string;
  readonly patterns: readonly { readonly source: string; readonly ignoreCase: boolean }[];
  /** Where reading stopped; undefined begins at the end, so that old lines are not taken for new ones. */
  readonly from?: LogPlace;
}

export interface LogReading {
  readonly place: LogPlace;
  readonly size: number;
  /** Matching lines for each pattern, in their order; null for one that can't be used. */
  readonly matches: readonly (number | null)[];
  readonly lines: number;
  /** Bytes that were left out because too many had come at once. */
  readonly skippedBytes: number;
  readonly wasRotated: boolean;
}

/** A look reads this much at most; a log that grows faster is caught up with by leaving out its middle. */
const maxBytes = 8 * 1_048_576;
/** A line is looked at up to here; the cost of a regular expression grows with it. */
const longestLine = 4_000;
const chunkBytes = 262_144;
const newline = 0x0a;

export function readLog({ path, patterns, from }: LogQuestion): LogReading {
  // Opening a pipe would wait for whoever writes to it.
  if (!statSync(path).isFile()) throw Object.assign(new Error(`${path} is not an ordinary file`), { code: 'ENOTFILE' });
  const file = openSync(path, 'r');
  try {
    const stats = fstatSync(file);
    const { ino: inode, size } = stats;
    const wasRotated = from !== undefined && (from.inode !== inode || from.offset > size);
    const begin = from === undefined ? size : wasRotated ? 0 : from.offset;
    const expressions = patterns.map(compiled);
    const matches = expressions.map((expression): number | null => (expression === null ? null : 0));
    const skippedBytes = Math.max(0, size - begin - maxBytes);
    let lines = 0;
    const count = (line: string): void => {
      lines += 1;
      for (const [index, expression] of expressions.entries())
        if (expression?.test(line)) matches[index] = (matches[index] as number) + 1;
    };
    const offset = eachLine(file, begin + skippedBytes, size, skippedBytes > 0, count);
    return { place: { inode, offset }, size, matches, lines, skippedBytes, wasRotated };
  } finally {
    closeSync(file);
  }
}

/** Kept from look to look: a pattern's states are worked out while it is used. */
const compiledPatterns = new Map<string, LinearPattern | null>();
const maxCompiled = 500;

function compiled({ source, ignoreCase }: LogQuestion['patterns'][number]): LinearPattern | null {
  const key = `${ignoreCase} ${source}`;
  const known = compiledPatterns.get(key);
  if (known !== undefined) return known;
  const outcome = compilePattern(source, { ignoreCase });
  const pattern = outcome.ok ? outcome.value : null;
  if (compiledPatterns.size >= maxCompiled) compiledPatterns.clear();
  compiledPatterns.set(key, pattern);
  return pattern;
}

/**
 * Calls for each line that is whole; a line without its end is read again next time.
 * @returns the offset behind the last whole line
 */
function eachLine(
  file: number,
  begin: number,
  end: number,
  startsInLine: boolean,
  use: (line: string) => void,
): number {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let done = begin;
  let read = begin;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let isPartial = startsInLine;
  while (read < end) {
    const got = readSync(file, buffer, 0, Math.min(chunkBytes, end - read), read);
    if (got === 0) break;
    let start = 0;
    for (let at = buffer.indexOf(newline); at !== -1 && at < got; at = buffer.indexOf(newline, start)) {
      const piece = buffer.subarray(start, at);
      if (!isPartial) use(textOf([...pending, piece]));
      isPartial = false;
      pending = [];
      pendingBytes = 0;
      start = at + 1;
      done = read + start;
    }
    // Only as much of an endless line is kept as is looked at.
    if (pendingBytes < longestLine * 4) {
      const rest = Buffer.from(buffer.subarray(start, Math.min(got, start + longestLine * 4)));
      pending.push(rest);
      pendingBytes += rest.length;
    }
    read += got;
  }
  // A line longer than a whole look would never end: it is passed over.
  return done === begin && read - begin >= maxBytes ? read : done;
}

const textOf = (pieces: readonly Buffer[]): string => {
  const whole = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
  return whole
    .subarray(0, longestLine * 4)
    .toString('utf8')
    .replace(/\r$/, '')
    .slice(0, longestLine);
};
