/** The store on its own thread: what it can be asked. Long work goes in steps, between which ticks are stored. */
import { statSync } from 'node:fs';
import type { Gap } from '../contract/batch.ts';
import type {
  AggregateAnswer,
  AggregateQuery,
  ExportQuery,
  RangeAnswer,
  RangeQuery,
  StoredSeries,
  StoreRecoveryLevel,
  ValueAtQuery,
  ValuesAt,
} from '../contract/history.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Values } from '../contract/text/message.ts';
import type { Clock } from '../platform/clock.ts';
import type { CallContext } from '../workers/protocol.ts';
import { type Backup, makeBackup } from './backup/backup.ts';
import { rescueDeleted, wasReplaced } from './backup/rescue-file.ts';
import { isDamage } from './connect.ts';
import { addGaps, gapsBetween } from './gap-table.ts';
import { openDatabase, type RecoveryOptions } from './open-database.ts';
import { readAggregate } from './read/aggregate.ts';
import { readRange } from './read/range.ts';
import type { Past } from './read/read-series.ts';
import { readValuesAt } from './read/value-at.ts';
import { costsIn } from './records/costs.ts';
import { recordHandlers } from './records/index.ts';
import { defaultRetention, type Retention } from './retention.ts';
import { addSeries, allSeries, exportedSeries, type NewSeries, selectSeries } from './series-table.ts';
import { sizeOf } from './size-of.ts';
import { type AppendTick, StoreFile } from './store-file.ts';
import { type ExportCursor, type ExportStep, readExportPiece } from './transfer/export-piece.ts';
import { Importer } from './transfer/import-ticks.ts';
import type { TickColumns } from './transfer/read-table.ts';
import { createYielder } from './yielder.ts';

export interface StoreThreadOptions {
  readonly path: string;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly salvage?: RecoveryOptions['salvage'];
}

export interface OpenAnswer {
  readonly recoveryLevel: StoreRecoveryLevel;
  readonly message?: string;
  readonly values?: Values;
  readonly series: readonly { readonly id: number; readonly key: string }[];
  /** Above every number that was ever given, also to series whose name is lost. */
  readonly nextId: number;
  readonly oldestAt: number | null;
  readonly newestAt: number | null;
  readonly sizeBytes: number;
}

export interface Appended {
  readonly sizeBytes: number;
  readonly oldestAt: number | null;
  /** The store stands on another recovery level than before: the file was damaged or taken away while open. */
  readonly reopened?: OpenAnswer;
}

type Query<Q> = (query: Q, context?: CallContext) => unknown;
/** Ticks between two looks at whether the file is still where it was. */
const lookEveryTicks = 5;

/** What the store thread can be asked; `workers/store.worker.ts` serves it. */
export function createStoreThread({ path, clock, salvage }: StoreThreadOptions) {
  let file: StoreFile | undefined;
  let recoveryLevel: StoreRecoveryLevel = 'open';
  let message: string | undefined;
  let values: Values | undefined;
  let retention: Retention = defaultRetention;
  let damage: Error | undefined;
  let damagedBlocks = 0;
  let inode: bigint | undefined;
  let ticksToLook = lookEveryTicks;
  let importer: Importer | undefined;
  /** What a file that takes this one's place has to be told. */
  const known = new Map<number, NewSeries>();

  const opened = (): StoreFile => {
    if (file === undefined) throw new Error('The store is not open');
    return file;
  };
  const database = () => opened().database;
  const onDamage = (error: Error): void => {
    damagedBlocks += 1;
    if (isDamage(error) && (error as { code?: string }).code !== undefined) damage = error;
  };
  const past = (): Past => ({ segments: opened().segments, head: opened().head, onDamage });
  const yielder = (context: CallContext | undefined) => createYielder(clock, context?.signal);

  async function recover(knownDamage?: string): Promise<void> {
    const options: RecoveryOptions = {
      ...(salvage !== undefined && { salvage }),
      ...(knownDamage !== undefined && { knownDamage }),
    };
    const found = await openDatabase(path, options);
    try {
      file = new StoreFile(found.database, { clock, retention: () => retention, onDamage });
    } catch (error) {
      found.database.close();
      if (knownDamage !== undefined || !isDamage(error)) throw error;
      await recover((error as Error).message);
      return;
    }
    damage = undefined;
    ({ recoveryLevel, message, values } = found);
    inode = statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
    for (const { id, key, metric, labels } of allSeries(found.database)) known.set(id, { id, key, metric, labels });
    found.database.transaction(() => {
      for (const series of known.values()) addSeries(found.database, [series], file?.newestAt ?? 0);
    })();
  }

  function describe(): OpenAnswer {
    const { newestAt, oldestAt } = opened();
    const db = database();
    const highest = db
      .prepare('SELECT max((SELECT coalesce(max(id), 0) FROM series), (SELECT coalesce(max(last), 0) FROM segments))')
      .pluck()
      .get() as number;
    const inHead = opened()
      .head.periods()
      .flatMap(({ columns }) => [...columns.keys()]);
    return {
      recoveryLevel,
      ...(message !== undefined && { message }),
      ...(values !== undefined && { values }),
      series: [...known.values()].map(({ id, key }) => ({ id, key })),
      nextId: inHead.reduce((top, id) => Math.max(top, id), highest) + 1,
      oldestAt: oldestAt ?? null,
      newestAt: newestAt ?? null,
      sizeBytes: sizeOf(path),
    };
  }

  /** The file as found wanting is closed, and recovery starts over. */
  async function reopen(knownDamage?: string): Promise<void> {
    const before = file;
    file = undefined;
    await before?.close();
    await recover(knownDamage);
  }

  async function lookAfterFile(): Promise<boolean> {
    if (damage !== undefined) {
      await reopen(damage.message);
      return true;
    }
    ticksToLook -= 1;
    if (ticksToLook > 0 || recoveryLevel === 'in-memory') return false;
    ticksToLook = lookEveryTicks;
    if (!wasReplaced(path, inode)) return false;
    rescueDeleted(database(), path);
    await reopen();
    values = undefined;
    message = 'The history file was taken away while it was in use; it was written anew from what was still open.';
    return true;
  }

  /** Maintenance that fails is tried again with the next tick; a broken file is dealt with there, too. */
  function maintainSoon(): void {
    const current = opened();
    if (current.isMaintenanceDue) current.maintain().catch((error: Error) => isDamage(error) && onDamage(error));
  }

  const idsOf = (selectors: readonly string[]): Map<number, string> =>
    new Map(selectSeries(database(), selectors).map(({ id, key }) => [id, key]));

  return {
    async open(options: { readonly retention?: Retention } | null): Promise<OpenAnswer> {
      retention = options?.retention ?? retention;
      await recover();
      maintainSoon();
      return describe();
    },

    configure(next: Retention): void {
      retention = next;
      opened().retentionChanged();
    },

    async append(ticks: readonly AppendTick[]): Promise<Appended> {
      for (const { newSeries } of ticks) for (const series of newSeries) known.set(series.id, series);
      const isReopened = await lookAfterFile();
      try {
        opened().append(ticks);
      } catch (error) {
        if (!isDamage(error)) throw error;
        await reopen((error as Error).message);
        opened().append(ticks);
        return { sizeBytes: sizeOf(path), oldestAt: opened().oldestAt ?? null, reopened: describe() };
      }
      maintainSoon();
      return {
        sizeBytes: sizeOf(path),
        oldestAt: opened().oldestAt ?? null,
        ...(isReopened && { reopened: describe() }),
      };
    },

    async range(query: RangeQuery, context?: CallContext): Promise<RangeAnswer> {
      const series = selectSeries(database(), query.series);
      const gaps = gapsBetween(database(), query.from, query.until);
      return await readRange(past(), query, series, gaps, yielder(context));
    },

    async aggregate(query: AggregateQuery, context?: CallContext): Promise<AggregateAnswer> {
      return { values: await readAggregate(past(), query, idsOf(query.series), yielder(context)) };
    },

    async valueAt(query: ValueAtQuery, context?: CallContext): Promise<ValuesAt> {
      return await readValuesAt(past(), idsOf(query.series), query.at, query.withinMs, yielder(context));
    },

    listSeries(_: null): readonly StoredSeries[] {
      const lastInHead = new Map<number, number>();
      for (const { columns } of opened().head.periods())
        for (const [id, { at, count }] of columns) lastInHead.set(id, at[count - 1] as number);
      return allSeries(database()).map(({ id, key, metric, labels, firstAt, lastAt }) => ({
        key,
        metric,
        labels,
        firstAt,
        lastAt: Math.max(lastAt, lastInHead.get(id) ?? 0),
      }));
    },

    async exportPiece(
      { query, cursor }: { readonly query: ExportQuery; readonly cursor?: ExportCursor },
      context?: CallContext,
    ): Promise<ExportStep> {
      const series = exportedSeries(database(), query);
      const gaps = cursor === undefined ? gapsBetween(database(), query.from, query.until) : [];
      return await readExportPiece(past(), query, series, gaps, costsIn(database(), query), cursor, yielder(context));
    },

    /** Begins a table: its series by number, in the order of its columns. One at a time. */
    importBegin(head: {
      readonly newSeries: readonly NewSeries[];
      readonly ids: Uint32Array;
      readonly gaps: readonly Gap[];
    }): void {
      const db = database();
      for (const series of head.newSeries) known.set(series.id, series);
      db.transaction(() => {
        // The first tick in which a series is found tells when it began.
        addSeries(db, head.newSeries, Number.MAX_SAFE_INTEGER);
        db.prepare('UPDATE series SET last_at = 0 WHERE first_at = ?').run(Number.MAX_SAFE_INTEGER);
        addGaps(
          db,
          head.gaps.filter((gap) => !gapsBetween(db, gap.from, gap.until).some((one) => one.from === gap.from)),
        );
      })();
      importer = new Importer(opened(), head.ids);
    },

    async importTicks(ticks: TickColumns): Promise<void> {
      if (importer === undefined) throw new Error('No import has begun');
      await importer.add(ticks);
    },

    async importEnd(_: null): Promise<void> {
      await importer?.flush();
      importer = undefined;
    },

    /** Waits until all that is due is packed, sealed and rolled up. */
    async settle(_: null): Promise<void> {
      await opened().maintain();
    },

    /** Needs no open store; runs on a thread of its own. */
    backup: (_: null): Outcome<Backup> => makeBackup(path),

    /** The backup found the file damaged: the next tick recovers. */
    reportDamage(reason: string): void {
      damage = Object.assign(new Error(reason), { code: 'SQLITE_CORRUPT' });
    },

    health: (_: null): { readonly damagedBlocks: number; readonly damagedTicks: number } => ({
      damagedBlocks,
      damagedTicks: opened().head.damagedTicks,
    }),

    ...recordHandlers(database),

    async close(_: null): Promise<void> {
      await importer?.flush();
      const before = file;
      file = undefined;
      await before?.close();
    },
  } satisfies Record<string, Query<never>>;
}

export type StoreThread = ReturnType<typeof createStoreThread>;
