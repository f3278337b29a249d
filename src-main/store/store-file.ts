/** An open store: ticks in, and what becomes of them with time. Owns one connection; lives on the store thread. */
import type { Database } from 'better-sqlite3';
import type { Gap } from '../contract/batch.ts';
import type { Clock } from '../platform/clock.ts';
import { sealings } from './compaction/levels.ts';
import { type PackDeps, packHead, sealOldest } from './compaction/pack.ts';
import { addGaps } from './gap-table.ts';
import { Head } from './head/head.ts';
import { boundsOf } from './read/read-series.ts';
import { applyRetention, limitPages, makeRoomNow, type Retention } from './retention.ts';
import { SegmentTable } from './segment-table.ts';
import { addSeries, type NewSeries } from './series-table.ts';
import { createYielder } from './yielder.ts';

export interface AppendTick {
  readonly at: number;
  readonly newSeries: readonly NewSeries[];
  readonly ids: Uint32Array;
  readonly values: Float64Array;
  readonly gaps: readonly Gap[];
}

/** Retention is looked at this often, by the ticks' own time. */
const retentionEveryMs = 10 * 60_000;
/** The first tick after a start that comes later than this after the last one leaves a gap. */
const silenceMs = 2_500;

export interface StoreFileDeps {
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly retention: () => Retention;
  readonly onDamage: (error: Error) => void;
}

export class StoreFile {
  readonly database: Database;
  readonly segments: SegmentTable;
  readonly head: Head;
  /** Newest tick, ms since the epoch; undefined in a fresh store. */
  newestAt: number | undefined;
  /** Where an import stands: periods that it still fills are not sealed again with each piece of it. */
  sealUntil: number = Number.POSITIVE_INFINITY;
  readonly #deps: StoreFileDeps;
  #maintenance: Promise<void> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #retentionDueAt = 0;
  #isFirstTick = true;
  #isClosed = false;

  constructor(database: Database, deps: StoreFileDeps) {
    this.database = database;
    this.#deps = deps;
    this.segments = new SegmentTable(database);
    this.head = new Head(database);
    this.newestAt = newestOf(database, this.head);
    limitPages(database, deps.retention());
  }

  get oldestAt(): number | undefined {
    const [oldest] = boundsOf(this.segments, this.head);
    if (!Number.isFinite(oldest)) return undefined;
    const first = this.database.prepare('SELECT min(first_at) FROM series').pluck().get() as number | null;
    return Math.max(oldest, first ?? oldest);
  }

  /** All of it or nothing: a tick is never half there, and repeating one that was committed changes nothing. */
  append(ticks: readonly AppendTick[]): void {
    let written = new Set<AppendTick>();
    const write = this.database.transaction(() => {
      written = new Set();
      for (const tick of ticks) {
        addSeries(this.database, tick.newSeries, tick.at);
        if (!this.head.write(tick.at, tick)) continue;
        written.add(tick);
        addGaps(this.database, this.#withSilence(tick));
      }
    });
    for (;;) {
      try {
        write();
        break;
      } catch (error) {
        this.#makeRoomOrThrow(error);
      }
    }
    for (const tick of written) {
      this.head.add(tick.at, tick);
      this.noteNewest(tick.at);
      this.#isFirstTick = false;
    }
  }

  /**
   * Moves on what is due, unless that runs already. After a failure the next call tries again; nothing is lost by it.
   */
  maintain(): Promise<void> {
    this.#maintenance ??= this.exclusive((pause, onDamage) => this.#maintainOnce(pause, onDamage)).finally(() => {
      this.#maintenance = undefined;
    });
    return this.#maintenance;
  }

  /**
   * Work on the blocks goes one after the other, in steps; ticks are stored in between. Where it reaches the user's own
   * limit, the oldest makes room and it is done anew: each step of it is a transaction of its own.
   */
  exclusive<T>(work: (pause: () => void | Promise<void>, onDamage: (error: Error) => void) => Promise<T>): Promise<T> {
    const yieldOften = createYielder(this.#deps.clock);
    const pause = (): void | Promise<void> => {
      if (this.#isClosed) throw new Error('The store was closed');
      return yieldOften();
    };
    const done = this.#queue.then(async () => {
      for (;;)
        try {
          return await work(pause, this.#deps.onDamage);
        } catch (error) {
          this.#makeRoomOrThrow(error);
        }
    });
    this.#queue = done.catch(() => {});
    return done;
  }

  /** On a full disk that helps as well, since the file has free pages then. */
  #makeRoomOrThrow(error: unknown): void {
    const isFull = (error as { code?: string }).code === 'SQLITE_FULL';
    if (!isFull || !makeRoomNow(this.database, this.segments)) throw error;
  }

  noteNewest(at: number): void {
    this.newestAt = Math.max(this.newestAt ?? at, at);
  }

  /** Whether `maintain` has something to do. Cheap enough for each tick. */
  get isMaintenanceDue(): boolean {
    const now = this.newestAt ?? 0;
    return now >= this.#retentionDueAt || this.head.hasOver(now);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#queue;
    this.database.close();
  }

  async #maintainOnce(pause: () => void | Promise<void>, onDamage: (error: Error) => void): Promise<void> {
    const deps: PackDeps = { ...this, pause, onDamage };
    while (await packHead(deps, this.newestAt ?? 0));
    const over = Math.min(this.newestAt ?? 0, this.sealUntil);
    for (const sealing of sealings) while (await sealOldest(deps, sealing, over));
    const now = this.newestAt ?? 0;
    if (now >= this.#retentionDueAt) {
      await applyRetention({ ...this, pause }, this.#deps.retention(), now);
      this.#retentionDueAt = now + retentionEveryMs;
    }
  }

  /** The settings have changed. */
  retentionChanged(): void {
    this.#retentionDueAt = 0;
    limitPages(this.database, this.#deps.retention());
  }

  /** The time since the last tick of the run before was a gap that nobody else can know of. */
  #withSilence({ at, gaps }: AppendTick): readonly Gap[] {
    const before = this.newestAt;
    if (!this.#isFirstTick || before === undefined || at - before <= silenceMs) return gaps;
    return [{ from: before + 1000, until: at, cause: 'not-running' }, ...gaps];
  }
}

function newestOf(database: Database, head: Head): number | undefined {
  const inHead = head.periods().reduce((newest, { ticks }) => Math.max(newest, ticks.at(-1) ?? 0), 0);
  const inBlocks = (database.prepare('SELECT max(last_at) FROM series').pluck().get() as number | null) ?? 0;
  return Math.max(inHead, inBlocks) || undefined;
}
