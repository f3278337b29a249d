/**
 * History from elsewhere goes into blocks directly, a short period at a time: it can be had again, so no tick of it is
 * written alone.
 */

import { levels, periodStart } from '../compaction/levels.ts';
import { buildFresh } from '../compaction/pack.ts';
import { HeadPeriod } from '../head/head-columns.ts';
import type { StoreFile } from '../store-file.ts';
import type { TickColumns } from './read-table.ts';

const { periodMs } = levels.fresh;

export class Importer {
  readonly #file: StoreFile;
  /** Number in the file for each column of the table. */
  readonly #ids: Uint32Array;
  #period: HeadPeriod | undefined;

  constructor(file: StoreFile, ids: Uint32Array) {
    this.#file = file;
    this.#ids = ids;
  }

  async add({ at, ends, columns, values }: TickColumns): Promise<void> {
    let begin = 0;
    for (let tick = 0; tick < at.length; tick += 1) {
      const time = at[tick] as number;
      const end = ends[tick] as number;
      const start = periodStart(time, periodMs);
      if (this.#period?.start !== start) {
        await this.flush(start);
        this.#period = new HeadPeriod(start);
      }
      this.#period?.add(time, {
        ids: columns.subarray(begin, end).map((column) => this.#ids[column] as number),
        values: values.subarray(begin, end),
      });
      begin = end;
    }
  }

  /**
   * Writes the period that is being filled, then lets it age like any other. @param next where the import goes on, if
   * it does
   */
  async flush(next = Number.POSITIVE_INFINITY): Promise<void> {
    this.#file.sealUntil = next;
    const period = this.#period;
    this.#period = undefined;
    if (period === undefined || period.columns.size === 0) return;
    const { database, segments } = this.#file;
    await this.#file.exclusive(async (pause, onDamage) => {
      const builder = await buildFresh({ segments, pause, onDamage }, period);
      database.transaction(() => {
        segments.replace(levels.fresh, period.start, builder.finish());
        const seen = database.prepare(
          'UPDATE series SET first_at = min(first_at, ?), last_at = max(last_at, ?) WHERE id = ?',
        );
        for (const [id, { at, count }] of period.columns) seen.run(at[0], at[count - 1], id);
      })();
    });
    this.#file.noteNewest(period.ticks.at(-1) ?? 0);
    await this.#file.maintain();
  }
}
