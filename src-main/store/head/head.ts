/** Ticks that are not packed yet: in the head table for the next start, in columns for reading and packing. */
import type { Database, Statement } from 'better-sqlite3';
import { levels, periodStart } from '../compaction/levels.ts';
import { HeadPeriod } from './head-columns.ts';
import { decodeHeadRow, encodeHeadRow, type HeadRow } from './head-row.ts';

const { periodMs } = levels.fresh;

export class Head {
  readonly #insert: Statement;
  readonly #delete: Statement;
  #open = new Map<number, HeadPeriod>();
  /** Its ticks are being packed; later ones for the same time go to a period of their own. */
  #packing: HeadPeriod | undefined;
  /** Ticks in the file that could not be read and were left out. */
  damagedTicks = 0;

  constructor(database: Database) {
    this.#insert = database.prepare('INSERT INTO head (at, data) VALUES (?, ?) ON CONFLICT DO NOTHING');
    this.#delete = database.prepare('DELETE FROM head WHERE at = ?');
    for (const { at, data } of database.prepare('SELECT at, data FROM head ORDER BY at').iterate() as Iterable<{
      at: number;
      data: Buffer;
    }>) {
      try {
        this.#period(at).add(at, decodeHeadRow(data));
      } catch {
        this.damagedTicks += 1;
      }
    }
  }

  /** Inside the caller's transaction. @returns false for a tick that is there already */
  write(at: number, row: HeadRow): boolean {
    return this.#insert.run(at, encodeHeadRow(row)).changes > 0;
  }

  /** After the transaction: what was written can now be read. */
  add(at: number, row: HeadRow): void {
    this.#period(at).add(at, row);
  }

  /** In order of time; two of one start while one of them is being packed. */
  periods(): HeadPeriod[] {
    const all = [...(this.#packing === undefined ? [] : [this.#packing]), ...this.#open.values()];
    return all.sort((a, b) => a.start - b.start);
  }

  /** Whether `takeOver` would find one. */
  hasOver(now: number): boolean {
    for (const start of this.#open.keys()) if (start + periodMs <= now) return true;
    return false;
  }

  /** The oldest period that is over at `now`, set aside for packing; `packed` or `keep` must follow. */
  takeOver(now: number): HeadPeriod | undefined {
    for (const period of this.periods()) {
      if (period.start + periodMs > now) continue;
      this.#open.delete(period.start);
      this.#packing = period;
      return period;
    }
    return undefined;
  }

  /** Inside the caller's transaction: its ticks are elsewhere now. */
  removeTicks(period: HeadPeriod): void {
    for (const at of period.ticks) this.#delete.run(at);
  }

  packed(): void {
    this.#packing = undefined;
  }

  /** Packing failed: the period is as open as before. */
  keep(): void {
    const period = this.#packing;
    this.#packing = undefined;
    if (period === undefined) return;
    const newer = this.#open.get(period.start);
    if (newer !== undefined) period.absorb(newer);
    this.#open.set(period.start, period);
  }

  #period(at: number): HeadPeriod {
    const start = periodStart(at, periodMs);
    let period = this.#open.get(start);
    if (period === undefined) {
      period = new HeadPeriod(start);
      this.#open.set(start, period);
    }
    return period;
  }
}
