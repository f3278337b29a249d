/**
 * Moves samples on as they age: ticks into blocks, small blocks into large ones with a roll-up of them. The compressing
 * is done in steps, what comes of it goes into the file in one transaction: a kill in between leaves all as it was.
 */
import type { Database } from 'better-sqlite3';
import { type BlockContent, decodeBlock, encodeBlock } from '../codec/block.ts';
import { SegmentBuilder } from '../codec/segment.ts';
import type { Head } from '../head/head.ts';
import type { HeadPeriod } from '../head/head-columns.ts';
import type { SegmentTable } from '../segment-table.ts';
import { levels, periodStart, type sealings } from './levels.ts';
import { mergePieces, type Piece } from './merge-pieces.ts';
import { bucketColumns, bucketsOf, rollUp, rollUpSamples } from './roll-up.ts';

type Sealing = (typeof sealings)[number];

/**
 * Brotli's qualities: blocks that live for hours want little work, those that live for weeks and months are worth more.
 * 11 takes twice as long as 10 for two percent; the daily blocks, which are few and stay longest, get it.
 */
const hoursQuality = 4;
const weeksQuality = 10;
const monthsQuality = 11;

export interface PackDeps {
  readonly database: Database;
  readonly segments: SegmentTable;
  readonly head: Head;
  readonly pause: () => void | Promise<void>;
  /** A block that could not be read was left out. */
  readonly onDamage: (error: Error) => void;
}

/** One period of the head becomes blocks. @returns whether there was one that is over at `now` */
export async function packHead(deps: PackDeps, now: number): Promise<boolean> {
  const { database, segments, head } = deps;
  const period = head.takeOver(now);
  if (period === undefined) return false;
  try {
    const builder = await buildFresh(deps, period);
    database.transaction(() => {
      segments.replace(levels.fresh, period.start, builder.finish());
      head.removeTicks(period);
      const seen = database.prepare('UPDATE series SET last_at = max(last_at, ?) WHERE id = ?');
      for (const [id, { at, count }] of period.columns) seen.run(at[count - 1], id);
    })();
    head.packed();
    return true;
  } catch (error) {
    head.keep();
    throw error;
  }
}

/** The period's samples as blocks, merged with blocks that are there already. */
export async function buildFresh(
  deps: Pick<PackDeps, 'segments' | 'pause' | 'onDamage'>,
  period: HeadPeriod,
): Promise<SegmentBuilder> {
  const before = new Map(deps.segments.read(levels.fresh, period.start).map(({ series, block }) => [series, block]));
  const builder = new SegmentBuilder();
  for (const id of [...new Set([...before.keys(), ...period.columns.keys()])].sort((a, b) => a - b)) {
    const pending = deps.pause();
    if (pending !== undefined) await pending;
    const pieces: Piece[] = [];
    const old = before.get(id);
    const column = period.columns.get(id);
    if (old !== undefined && column === undefined) {
      builder.add(id, old);
      continue;
    }
    if (old !== undefined) readInto(pieces, old, period.start, deps.onDamage);
    if (column !== undefined)
      pieces.push({ at: column.at.subarray(0, column.count), columns: [column.values.subarray(0, column.count)] });
    const merged = mergePieces(pieces);
    if (merged.at.length > 0) builder.add(id, encodeBlock(merged, period.start, hoursQuality));
  }
  return builder;
}

/** The oldest coarse period that is over at `now` and has fine blocks is sealed. @returns whether there was one */
export async function sealOldest(deps: PackDeps, sealing: Sealing, now: number): Promise<boolean> {
  const { from, into } = sealing;
  const start = deps.segments
    .starts(from)
    .map((fine) => periodStart(fine, into.periodMs))
    .find((coarse) => coarse + into.periodMs <= now);
  if (start === undefined) return false;
  await seal(deps, sealing, start);
  return true;
}

async function seal({ database, segments, pause, onDamage }: PackDeps, sealing: Sealing, start: number): Promise<void> {
  const { from, into, rollUp: coarser } = sealing;
  const fine = segments.starts(from).filter((one) => one >= start && one < start + into.periodMs);
  const sources = [
    { start, blocks: new Map(segments.read(into, start).map(({ series, block }) => [series, block])) },
    ...fine.map((one) => ({
      start: one,
      blocks: new Map(segments.read(from, one).map(({ series, block }) => [series, block])),
    })),
  ];
  // Slow series of this window lie there as they are.
  const slow = new Map<number, Piece>();
  if (coarser?.into === levels.freshMinutes)
    for (const { series, block } of segments.read(coarser.into, start)) {
      const pieces: Piece[] = [];
      readInto(pieces, block, start, onDamage);
      if (pieces[0]?.columns.length === 1) slow.set(series, pieces[0]);
    }
  const sealed = new SegmentBuilder();
  const rolledUp = new SegmentBuilder();
  const ids = new Set([...slow.keys(), ...sources.flatMap(({ blocks }) => [...blocks.keys()])]);
  for (const id of [...ids].sort((a, b) => a - b)) {
    const pending = pause();
    if (pending !== undefined) await pending;
    const before = slow.get(id);
    const pieces: Piece[] = before === undefined ? [] : [before];
    for (const { start: base, blocks } of sources) {
      const block = blocks.get(id);
      if (block !== undefined) readInto(pieces, block, base, onDamage);
    }
    const merged = mergePieces(alike(pieces));
    if (merged.at.length === 0) continue;
    if (coarser?.into === levels.freshMinutes && isSparse(merged)) {
      rolledUp.add(id, encodeBlock(merged, start, hoursQuality));
      continue;
    }
    sealed.add(id, encodeBlock(merged, start, into === levels.raw ? weeksQuality : monthsQuality));
    if (coarser === undefined) continue;
    const content = rolledUpContent(merged, coarser.bucketMs);
    const quality = coarser.into === levels.freshQuarters ? weeksQuality : hoursQuality;
    if (content.at.length > 0) rolledUp.add(id, encodeBlock(content, start, quality));
  }
  database.transaction(() => {
    segments.replace(into, start, sealed.finish());
    for (const one of fine) segments.remove(from, one);
    if (coarser !== undefined) segments.replace(coarser.into, start, rolledUp.finish());
  })();
}

/** Samples this far apart are no more than what a roll-up of them to minutes would be. */
const sparseMs = 5_000;

/**
 * A slow series is its own roll-up: it goes to the minutes as it is, and is not kept twice. Most of its samples are far
 * apart; that all are so on average would also be true of a fast series on a machine that slept.
 */
function isSparse({ at }: Piece): boolean {
  let far = 0;
  for (let index = 1; index < at.length; index += 1)
    if ((at[index] as number) - (at[index - 1] as number) >= sparseMs) far += 1;
  return far * 2 > at.length - 1;
}

/**
 * A series that changed its interval has samples and buckets in one day; then each sample becomes a bucket of its own.
 */
function alike(pieces: readonly Piece[]): readonly Piece[] {
  if (pieces.every(({ columns }) => columns.length === 1)) return pieces;
  return pieces.map((piece) => (piece.columns.length === 1 ? rolledUpContent(piece, 1) : piece));
}

function rolledUpContent({ at, columns }: Piece, bucketMs: number): BlockContent {
  const isRaw = columns.length === 1;
  const buckets = isRaw
    ? rollUpSamples(at, columns[0] as Float64Array, bucketMs)
    : rollUp(bucketsOf(at, columns), bucketMs);
  return { at: buckets.at, columns: bucketColumns(buckets) };
}

function readInto(pieces: Piece[], block: Buffer, base: number, onDamage: (error: Error) => void): void {
  try {
    pieces.push(decodeBlock(block, base));
  } catch (error) {
    onDamage(error as Error);
  }
}
