/**
 * What goes when it is too old, or when the room that the user grants is used up. The oldest goes first, a period at a
 * time.
 */

import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { dayMs } from '../contract/shared/durations.ts';
import { type Level, levels } from './compaction/levels.ts';
import type { SegmentTable } from './segment-table.ts';

export interface Retention {
  readonly rawDays: number;
  readonly minuteDays: number;
  readonly quarterHourDays: number;
  /** File and log together. */
  readonly maxBytes: number;
}

export const defaultRetention: Retention = {
  rawDays: 30,
  minuteDays: 90,
  quarterHourDays: 730,
  maxBytes: 2_048 * 1024 * 1024,
};

/** Room for the log beside the file, which grows by what one transaction writes and shrinks to 2 MB. */
const logBytes = 8 * 1024 * 1024;
/** At this share of the room the oldest goes; down to the second, so that it does not happen each minute. */
const highWater = 0.96;
const lowWater = 0.9;

interface Period {
  readonly level: Level;
  readonly start: number;
}

/** Periods that ended before their level's time. Pure but for reading the list of periods. */
function expired(segments: SegmentTable, { rawDays, minuteDays, quarterHourDays }: Retention, now: number): Period[] {
  const days: readonly (readonly [Level, number])[] = [
    [levels.fresh, rawDays],
    [levels.raw, rawDays],
    [levels.freshMinutes, Math.max(rawDays, minuteDays)],
    [levels.minutes, Math.max(rawDays, minuteDays)],
    [levels.freshQuarters, Math.max(rawDays, minuteDays, quarterHourDays)],
    [levels.quarters, Math.max(rawDays, minuteDays, quarterHourDays)],
  ];
  return days.flatMap(([level, keepDays]) =>
    segments
      .starts(level)
      .filter((start) => start + level.periodMs <= now - keepDays * dayMs)
      .map((start) => ({ level, start })),
  );
}

/** What to give up first when room is short: single seconds, then minutes, then quarters; of each the oldest. */
function oldestToGiveUp(segments: SegmentTable): Period | undefined {
  for (const group of [
    [levels.raw, levels.fresh],
    [levels.minutes, levels.freshMinutes],
    [levels.quarters, levels.freshQuarters],
  ]) {
    const oldest = group
      .flatMap((level) =>
        segments
          .starts(level)
          .slice(0, 1)
          .map((start) => ({ level, start })),
      )
      .sort((a, b) => a.start - b.start)[0];
    if (oldest !== undefined) return oldest;
  }
  return undefined;
}

const figure = (database: Database, name: string): number => database.pragma(name, { simple: true }) as number;

/** Tells SQLite itself where the end is: whatever goes wrong above, the file does not grow beyond. */
export function limitPages(database: Database, { maxBytes }: Retention): void {
  const pages = Math.floor((maxBytes - logBytes) / figure(database, 'page_size'));
  database.pragma(`max_page_count = ${Math.max(pages, figure(database, 'page_count'))}`);
}

function isShortOfRoom(database: Database, { maxBytes }: Retention, share = highWater): boolean {
  const used = figure(database, 'page_count') - figure(database, 'freelist_count');
  return used * figure(database, 'page_size') > (maxBytes - logBytes) * share;
}

export interface RetentionDeps {
  readonly database: Database;
  readonly segments: SegmentTable;
  readonly pause: () => void | Promise<void>;
}

/** Each period in a transaction of its own; then the pages go back to the system in small steps. */
export async function applyRetention(deps: RetentionDeps, retention: Retention, now: number): Promise<void> {
  const { database, segments, pause } = deps;
  let removed = 0;
  const remove = async ({ level, start }: Period): Promise<void> => {
    database.transaction(() => segments.remove(level, start))();
    removed += 1;
    await pause();
  };
  for (const period of expired(segments, retention, now)) await remove(period);
  if (isShortOfRoom(database, retention)) {
    for (let oldest = oldestToGiveUp(segments); oldest !== undefined; oldest = oldestToGiveUp(segments)) {
      if (!isShortOfRoom(database, retention, lowWater)) break;
      await remove(oldest);
    }
  }
  if (removed > 0) {
    const before = now - Math.max(retention.rawDays, retention.minuteDays, retention.quarterHourDays) * dayMs;
    database.prepare('DELETE FROM gaps WHERE until_at < ?').run(before);
  }
  database.prepare('DELETE FROM cost_cells WHERE at < ?').run(now - Math.max(retention.quarterHourDays, 62) * dayMs);
  await giveBackPages({ database, pause });
  limitPages(database, retention);
}

/** A share of the free pages stays for what comes next. */
const spareShare = 0.05;

async function giveBackPages({ database, pause }: Pick<RetentionDeps, 'database' | 'pause'>): Promise<void> {
  for (;;) {
    const [free, all] = [figure(database, 'freelist_count'), figure(database, 'page_count')];
    const wanted = Math.floor(free - all * spareShare);
    if (wanted < 32) return;
    database.pragma(`incremental_vacuum(${Math.min(wanted, 512)})`);
    // Files without auto-vacuum keep their pages and use them again.
    if (figure(database, 'freelist_count') === free) return;
    await pause();
  }
}

/** One step of making room at once, for what did not fit. @returns whether there was anything to give up */
export function makeRoomNow(database: Database, segments: SegmentTable): boolean {
  if (isDiskFull(database)) return false;
  const oldest = oldestToGiveUp(segments);
  if (oldest === undefined) return false;
  database.transaction(() => segments.remove(oldest.level, oldest.start))();
  return true;
}

/** Then the user's own limit is not what stands in the way, and no history is given up for it. */
function isDiskFull({ memory, name }: Database): boolean {
  if (memory) return false;
  const { bavail, bsize } = statfsSync(dirname(name));
  return bavail * bsize < logBytes;
}
