/** Whole lines of a stretch of bytes in any encoding. */
import type { LogContent } from './log-content.ts';

/** A line is searched up to here; the cost of a regular expression grows with it. */
const longestLine = 16_384;
const longestLineBytes = longestLine * 4;
const chunkBytes = 262_144;

export interface LineStretch {
  readonly begin: number;
  readonly end: number;
  readonly encoding: string;
  /** The first piece is the rest of a line whose beginning was left out. */
  readonly startsInLine: boolean;
  /** The file has ended: what stands behind the last line feed is a line too. */
  readonly isFinal: boolean;
}

export interface LinesRead {
  /** Behind the last line that was used. */
  readonly offset: number;
  /** Bytes up to there that were not searched: of lines that began earlier, or are too long. */
  readonly skippedBytes: number;
}

/**
 * @param encoding `auto` goes by the byte order mark, the zeros of UTF-16, and whether a line is valid UTF-8
 * @returns where to go on; a line without its end is read again next time
 */
export function eachLine(
  content: LogContent,
  { begin, end, encoding: named, startsInLine, isFinal }: LineStretch,
  use: (line: string) => void,
): LinesRead {
  const encoding = named === 'auto' ? encodingOf(content) : named;
  const lineFeed = lineFeedOf(encoding);
  const decode = decoderOf(encoding);
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let isPartial = startsInLine;
  let read = begin;
  let done = begin;
  let skippedBytes = 0;
  // Only as much of an endless line is kept as is looked at.
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let lineBytes = 0;

  const collect = (piece: Buffer): void => {
    lineBytes += piece.length;
    const room = isPartial ? 0 : longestLineBytes - keptBytes;
    if (room <= 0) return;
    kept.push(Buffer.from(piece.subarray(0, room)));
    keptBytes += Math.min(room, piece.length);
  };
  const finish = (): void => {
    skippedBytes += lineBytes - keptBytes;
    if (!isPartial) {
      const text = decode(Buffer.concat(kept)).replace(/\r$/, '');
      use(text.slice(0, longestLine));
    }
    isPartial = false;
    kept = [];
    keptBytes = 0;
    lineBytes = 0;
  };

  while (read < end) {
    const wanted = Math.min(chunkBytes, end - read);
    // UTF-16 in whole units only.
    const got = content.read(buffer, wanted - (wanted % lineFeed.length), read);
    if (got < lineFeed.length) break;
    let start = 0;
    for (let at = findFeed(buffer, got, start, lineFeed); at !== -1; at = findFeed(buffer, got, start, lineFeed)) {
      collect(buffer.subarray(start, at));
      finish();
      start = at + lineFeed.length;
      done = read + start;
    }
    collect(buffer.subarray(start, got));
    read += got;
  }
  if (isFinal && lineBytes > 0) {
    finish();
    done = read;
  }
  return { offset: done, skippedBytes };
}

/** Stretches begin at even offsets in UTF-16; its line feed at an odd place is halves of two characters. */
function findFeed(buffer: Buffer, length: number, from: number, feed: Buffer): number {
  let at = buffer.indexOf(feed, from);
  while (feed.length === 2 && at % 2 === 1) at = buffer.indexOf(feed, at + 1);
  return at === -1 || at + feed.length > length ? -1 : at;
}

const lineFeedOf = (encoding: string): Buffer =>
  Buffer.from(encoding === 'utf-16le' ? [0x0a, 0] : encoding === 'utf-16be' ? [0, 0x0a] : [0x0a]);

function decoderOf(encoding: string): (bytes: Buffer) => string {
  if (encoding !== 'auto') {
    const decoder = new TextDecoder(encoding);
    return (bytes) => decoder.decode(bytes);
  }
  const strict = new TextDecoder('utf-8', { fatal: true });
  const western = new TextDecoder('windows-1252');
  return (bytes) => {
    try {
      return strict.decode(bytes);
    } catch {
      return western.decode(bytes);
    }
  };
}

/** `auto` for anything that is not plainly UTF-16. */
function encodingOf(content: LogContent): string {
  const length = Math.min(1_024, content.size);
  const head = Buffer.alloc(length);
  content.read(head, length, 0);
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] as number) + 1;
  const [even, odd] = zeros as [number, number];
  // Text of Western letters has a zero beside each of them.
  if (odd > length / 5 && even < odd / 8) return 'utf-16le';
  return even > length / 5 && odd < even / 8 ? 'utf-16be' : 'auto';
}
