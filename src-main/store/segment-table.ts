/** The segments of the file: which periods there are, what is in them. Everything here is a short synchronous step. */
import type { Database, Statement } from 'better-sqlite3';
import { blocksOf, type Segment, type SeriesBlock } from './codec/segment.ts';
import type { Level } from './compaction/levels.ts';

export class SegmentTable {
  readonly #database: Database;
  readonly #read: Statement<[number, number, number, number], Buffer>;
  readonly #insert: Statement;
  readonly #delete: Statement;
  #periods: Map<number, Set<number>> | undefined;

  constructor(database: Database) {
    this.#database = database;
    this.#read = database
      .prepare<[number, number, number, number], Buffer>(
        'SELECT data FROM segments WHERE level = ? AND start = ? AND first <= ? AND last >= ? ORDER BY first',
      )
      .pluck();
    this.#insert = database.prepare('INSERT INTO segments (level, start, first, last, data) VALUES (?, ?, ?, ?, ?)');
    this.#delete = database.prepare('DELETE FROM segments WHERE level = ? AND start = ?');
  }

  has(level: Level, start: number): boolean {
    return this.#starts(level).has(start);
  }

  /** Starts of the level's periods, growing. */
  starts(level: Level): number[] {
    return [...this.#starts(level)].sort((a, b) => a - b);
  }

  /** Blocks of the series that are asked for, or of all, by growing number. */
  read(level: Level, start: number, wanted?: ReadonlySet<number>): SeriesBlock[] {
    if (!this.has(level, start) || wanted?.size === 0) return [];
    let [low, high] = [0, Number.MAX_SAFE_INTEGER];
    if (wanted !== undefined) {
      [low, high] = [high, low];
      for (const id of wanted) [low, high] = [Math.min(low, id), Math.max(high, id)];
    }
    const found: SeriesBlock[] = [];
    for (const data of this.#read.all(level.id, start, high, low))
      for (const block of blocksOf(data)) if (wanted === undefined || wanted.has(block.series)) found.push(block);
    return found;
  }

  /** Inside the caller's transaction. */
  replace(level: Level, start: number, segments: readonly Segment[]): void {
    this.remove(level, start);
    for (const { first, last, data } of segments) this.#insert.run(level.id, start, first, last, data);
    this.#periods = undefined;
  }

  remove(level: Level, start: number): void {
    this.#delete.run(level.id, start);
    this.#periods = undefined;
  }

  #starts(level: Level): Set<number> {
    if (this.#periods === undefined) {
      this.#periods = new Map();
      const rows = this.#database.prepare('SELECT DISTINCT level, start FROM segments').all();
      for (const { level: id, start } of rows as { level: number; start: number }[]) {
        let starts = this.#periods.get(id);
        if (starts === undefined) {
          starts = new Set();
          this.#periods.set(id, starts);
        }
        starts.add(start);
      }
    }
    return this.#periods.get(level.id) ?? new Set();
  }
}
