/** Which blocks speak for which stretch of time, and what they say: the one way in which the past is read. */
import type { Resolution } from '../../contract/history.ts';
import { decodeBlock } from '../codec/block.ts';
import { type Level, levels, periodStart, resolutions } from '../compaction/levels.ts';
import { cut, mergePieces, type Piece } from '../compaction/merge-pieces.ts';
import { bucketsOf } from '../compaction/roll-up.ts';
import type { Head } from '../head/head.ts';
import type { SegmentTable } from '../segment-table.ts';

/** A stretch that is read from one resolution. */
export interface Span {
  readonly from: number;
  readonly until: number;
  readonly resolution: Resolution;
}

/**
 * What the pieces of a series in one stretch are: a column of values for `raw`, the columns of a bucket else
 * (roll-up.ts).
 */
export type OnPiece = (series: number, piece: Piece, resolution: Resolution) => void;

export interface Past {
  readonly segments: SegmentTable;
  readonly head: Head;
  /** A block that can't be read is left out of the answer. */
  readonly onDamage: (error: Error) => void;
}

const windowMs = levels.raw.periodMs;
const dayMs = levels.minutes.periodMs;

/**
 * Cuts a stretch into spans. The wanted resolution where it is complete; a finer one where blocks still wait to be
 * rolled up; a coarser one where the finer is gone. Stretches without anything are left out.
 */
export function planSpans(
  { segments, head }: Pick<Past, 'segments' | 'head'>,
  wanted: Resolution,
  from: number,
  until: number,
): Span[] {
  const freshWindows = new Set<number>();
  for (const start of segments.starts(levels.fresh)) freshWindows.add(periodStart(start, windowMs));
  for (const { start } of head.periods()) freshWindows.add(periodStart(start, windowMs));
  const freshDays = new Set<number>();
  for (const start of [...freshWindows, ...segments.starts(levels.freshMinutes)])
    freshDays.add(periodStart(start, dayMs));

  const choose = (window: number): Resolution | undefined => {
    const day = periodStart(window, dayMs);
    const hasRaw = segments.has(levels.raw, window) || freshWindows.has(window);
    const hasMinutes = segments.has(levels.freshMinutes, window) || segments.has(levels.minutes, day);
    const hasQuarters =
      segments.has(levels.freshQuarters, day) ||
      segments.has(levels.quarters, periodStart(day, levels.quarters.periodMs));
    if (wanted === '15m' && hasQuarters && !freshDays.has(day)) return '15m';
    if (wanted !== 'raw' && hasMinutes && !freshWindows.has(window)) return '1m';
    if (hasRaw) return 'raw';
    return hasMinutes ? '1m' : hasQuarters ? '15m' : undefined;
  };

  const spans: Span[] = [];
  const [oldest, newest] = boundsOf(segments, head);
  const begin = Math.max(periodStart(from, windowMs), oldest);
  for (let window = begin; window < Math.min(until, newest); window += windowMs) {
    const resolution = choose(window);
    if (resolution === undefined) continue;
    const last = spans.at(-1);
    const [start, end] = [Math.max(window, from), Math.min(window + windowMs, until)];
    if (last?.resolution === resolution && last.until === start) spans[spans.length - 1] = { ...last, until: end };
    else spans.push({ from: start, until: end, resolution });
  }
  return spans;
}

/** Reads span after span in steps of one sealed block; `pause` runs between them and may throw to end it. */
export async function readSpans(
  past: Past,
  spans: readonly Span[],
  series: ReadonlySet<number>,
  onPiece: OnPiece,
  pause: () => void | Promise<void>,
): Promise<void> {
  for (const span of spans) {
    const { sealed } = byName(span.resolution);
    for (let unit = periodStart(span.from, sealed.periodMs); unit < span.until; unit += sealed.periodMs) {
      const pending = pause();
      if (pending !== undefined) await pending;
      readUnit(past, span, unit, series, onPiece);
    }
  }
}

/** One period of a sealed level, and what is fresher in it. */
function readUnit(past: Past, span: Span, unit: number, series: ReadonlySet<number>, onPiece: OnPiece): void {
  const { fresh, sealed } = byName(span.resolution);
  const from = Math.max(span.from, unit);
  const until = Math.min(span.until, unit + sealed.periodMs);
  // A bucket belongs to the stretch in which it begins; its blocks are cut like samples.
  const pieces = new Map<number, Piece[]>();
  const add = (id: number, piece: Piece): void => {
    const list = pieces.get(id);
    if (list === undefined) pieces.set(id, [piece]);
    else list.push(piece);
  };
  const addBlocks = (level: Level, start: number, series: ReadonlySet<number>): void => {
    try {
      for (const { series: id, block } of past.segments.read(level, start, series)) {
        try {
          add(id, decodeBlock(block, start));
        } catch (error) {
          past.onDamage(error as Error);
        }
      }
    } catch (error) {
      past.onDamage(error as Error);
    }
  };
  addBlocks(sealed, unit, series);
  if (span.resolution === 'raw') {
    // Slow series lie among the minutes as they are.
    const slow = new Set([...series].filter((id) => !pieces.has(id)));
    if (slow.size > 0) {
      addBlocks(levels.minutes, periodStart(unit, levels.minutes.periodMs), slow);
      addBlocks(levels.freshMinutes, unit, slow);
    }
    for (const id of slow) pieces.set(id, pieces.get(id)?.map(samplesAmong) ?? []);
  }
  for (let start = periodStart(from, fresh.periodMs); start < until; start += fresh.periodMs)
    addBlocks(fresh, start, series);
  if (span.resolution === 'raw')
    for (const period of past.head.periods()) {
      if (period.start >= until || period.start + levels.fresh.periodMs <= from) continue;
      for (const id of series) {
        const column = period.columns.get(id);
        if (column === undefined) continue;
        add(id, { at: column.at.slice(0, column.count), columns: [column.values.slice(0, column.count)] });
      }
    }
  for (const [id, list] of pieces) {
    for (const alike of [
      list.filter(({ columns }) => columns.length === 1),
      list.filter(({ columns }) => columns.length > 1),
    ]) {
      if (alike.length === 0) continue;
      const piece = cut(mergePieces(alike), from, until);
      if (piece.at.length > 0) onPiece(id, piece, piece.columns.length === 1 ? 'raw' : span.resolution);
    }
  }
}

/**
 * What lies among the minutes as it was sampled: all of a slow series, or the buckets of one sample where it changed
 * its interval.
 */
function samplesAmong({ at, columns }: Piece): Piece {
  if (columns.length === 1) return { at, columns };
  const { first, count } = bucketsOf(at, columns);
  const isSample = (_: number, index: number): boolean => count[index] === 1;
  return { at: at.filter(isSample), columns: [first.filter(isSample)] };
}

function byName(name: Resolution): (typeof resolutions)[number] {
  const found = resolutions.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no resolution ${name}`);
  return found;
}

/** Where anything can be at all, so that a question about all times does not walk through empty years. */
export function boundsOf(segments: SegmentTable, head: Head): readonly [oldest: number, newest: number] {
  let [oldest, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const include = (start: number, length: number): void => {
    oldest = Math.min(oldest, periodStart(start, windowMs));
    newest = Math.max(newest, start + length);
  };
  for (const level of Object.values(levels)) for (const start of segments.starts(level)) include(start, level.periodMs);
  for (const { start } of head.periods()) include(start, levels.fresh.periodMs);
  return [oldest, newest];
}
