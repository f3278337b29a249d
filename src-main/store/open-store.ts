/**
 * The main thread's end of the store: numbers the series, hands ticks over, keeps those that could not be written for
 * later.
 */
import type { Batch, Gap } from '../contract/batch.ts';
import type { CostRecords } from '../contract/cost/records.ts';
import type { ExportPiece, ExportQuery } from '../contract/history.ts';
import type { InsightHandlers, InsightReader } from '../contract/insights/insight-reader.ts';
import { type Labels, parseSeriesKey } from '../contract/metric.ts';
import type { StoreSettings } from '../contract/settings/store.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { type CallOptions, startWorker, type WorkerClient } from '../workers/protocol.ts';
import { scheduleBackups } from './backup/backup-schedule.ts';
import { createCostClient, createRecordClient } from './records/index.ts';
import type { AlertRecords } from './records/record-types.ts';
import type { Retention } from './retention.ts';
import type { NewSeries } from './series-table.ts';
import type { AppendTick } from './store-file.ts';
import type { OpenAnswer, StoreThread } from './store-thread.ts';
import type { StoreReader, StoreStatus, StoreWriter } from './store-types.ts';
import type { ExportCursor } from './transfer/export-piece.ts';
import type { TickColumns } from './transfer/read-table.ts';

/**
 * Ticks that wait in memory while the file can't be written: ten minutes. Beyond that the oldest go, and are counted.
 */
const maxWaitingTicks = 600;
/** Once writing has failed so often in a row it is tried less often: all that waits goes over each time. */
const patientFailures = 3;
const retryMs = 5_000;

export interface Store extends StoreWriter, StoreReader {
  /** Time of the last stored tick, ms since the epoch; undefined in a fresh store. */
  readonly newestAt: number | undefined;
  /** Alerts and notifications. */
  readonly records: AlertRecords;
  /** What is unusual and what comes next; rejects where nothing is watched. */
  readonly insights: InsightReader;
  /** The ledger of AI calls. */
  readonly costs: CostRecords;
  /** Takes effect at once; what is too old then goes with the next tick. */
  configure(settings: StoreSettings): void;
  /** History from elsewhere; see transfer/read-table.ts. One at a time. */
  beginImport(series: readonly string[], gaps: readonly Gap[]): Promise<StoreImport>;
  /** Packs and rolls up what is due; else that happens with the ticks. */
  settle(): Promise<void>;
  /** Calls when the store came to stand at another recovery level while it was open. */
  onReopened(listener: (status: StoreStatus) => void): void;
  close(): Promise<void>;
}

export interface StoreImport {
  /** Resolves when there is room for more. */
  add(ticks: TickColumns): Promise<void>;
  /** Resolves when all of it is in the file. */
  end(): Promise<void>;
}

export interface StoreOptions {
  readonly clock?: Clock;
  readonly settings?: StoreSettings;
  /** Where the watch for anomalies, which runs on this thread, keeps what it learned; absent: nothing is watched. */
  readonly watchPath?: string;
}

export async function openStore(path: string, options: StoreOptions = {}): Promise<Store> {
  const { clock = systemClock, settings } = options;
  const thread = startWorker<StoreThread & InsightHandlers>('store', {
    path,
    ...(options.watchPath !== undefined && { watchPath: options.watchPath }),
  });
  let opened: OpenAnswer;
  try {
    opened = await thread.call('open', settings === undefined ? null : { retention: retentionOf(settings) });
  } catch (error) {
    await thread.terminate();
    throw error;
  }
  const ids = new Map(opened.series.map(({ id, key }) => [key, id]));
  let { nextId } = opened;
  let waiting: AppendTick[] = [];
  let failures = 0;
  let retryAt = 0;
  let settingsNow = settings;
  const listeners: ((status: StoreStatus) => void)[] = [];
  let status: StoreStatus = {
    ...standing(opened),
    state: 'storing',
    path,
    sizeBytes: opened.sizeBytes,
    seriesCount: ids.size,
    samplesStored: 0,
    waitingTicks: 0,
    lostTicks: 0,
    ...(opened.oldestAt !== null && { oldestAt: opened.oldestAt }),
  };
  const backups = scheduleBackups({
    path,
    clock,
    isWanted: () => settingsNow?.keepsBackup === true && status.recoveryLevel !== 'in-memory',
    onBackup: (backupAt) => {
      status = { ...status, backupAt };
    },
    onDamage: (reason) => void thread.call('reportDamage', reason).catch(() => {}),
  });

  function numberOf(key: string, metric: string, labels: Labels, fresh: NewSeries[]): number {
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = nextId++;
    ids.set(key, id);
    fresh.push({ id, key, metric, labels });
    return id;
  }

  function toTick({ at, samples, gaps }: Batch): AppendTick {
    const newSeries: NewSeries[] = [];
    const numbers = new Uint32Array(samples.length);
    const values = new Float64Array(samples.length);
    for (let index = 0; index < samples.length; index += 1) {
      const { series, value } = samples[index] as Batch['samples'][number];
      numbers[index] = numberOf(series.key, series.metric.name, series.labels, newSeries);
      values[index] = value;
    }
    return { at, newSeries, ids: numbers, values, gaps };
  }

  function keep(ticks: readonly AppendTick[], failure: string): void {
    const lost = Math.max(0, ticks.length - maxWaitingTicks);
    waiting = keepNewest(ticks);
    status = {
      ...status,
      state: 'failing',
      failure,
      waitingTicks: waiting.length,
      lostTicks: status.lostTicks + lost,
    };
  }

  async function write(ticks: readonly AppendTick[]): Promise<void> {
    const { sizeBytes, oldestAt, reopened } = await thread.call('append', ticks);
    const { failure: _, ...rest } = status;
    const stored = ticks.reduce((sum, tick) => sum + tick.ids.length, 0);
    status = {
      ...rest,
      ...(reopened !== undefined && standing(reopened)),
      ...(oldestAt !== null && { oldestAt }),
      state: 'storing',
      sizeBytes,
      seriesCount: ids.size,
      samplesStored: status.samplesStored + stored,
      waitingTicks: waiting.length,
    };
    if (reopened !== undefined) for (const listener of listeners) listener(status);
  }

  return {
    newestAt: opened.newestAt ?? undefined,
    records: createRecordClient(thread),
    insights: {
      anomalyStatus: () => thread.call('anomalyStatus', null),
      anomalies: (range) => thread.call('anomalies', range),
      markExpected: (id) => thread.call('markAnomalyExpected', id),
      forecast: (query) => thread.call('forecast', query),
    },
    costs: createCostClient(thread),
    async append(batch) {
      const ticks = [...waiting, toTick(batch)];
      waiting = [];
      if (status.state === 'failing' && clock.monotonic() < retryAt) {
        const failure = status.failure ?? 'The history cannot be written';
        keep(ticks, failure);
        throw new Error(failure);
      }
      try {
        await write(ticks);
        failures = 0;
      } catch (error) {
        failures += 1;
        retryAt = failures < patientFailures ? 0 : clock.monotonic() + retryMs;
        keep([...ticks, ...waiting], (error as Error).message);
        throw error;
      }
    },
    range: (query, signal) => thread.call('range', query, optionsOf(signal)),
    aggregate: (query, signal) => thread.call('aggregate', query, optionsOf(signal)),
    valueAt: (series, at, withinMs, signal) =>
      thread.call('valueAt', { series: [...series], at, withinMs }, optionsOf(signal)),
    listSeries: (signal) => thread.call('listSeries', null, optionsOf(signal)),
    export: (query, signal) => pieces(thread, query, signal),
    status: () => status,
    configure(next) {
      settingsNow = next;
      void thread.call('configure', retentionOf(next)).catch(() => {});
    },
    async beginImport(series, gaps) {
      const newSeries: NewSeries[] = [];
      const numbers = Uint32Array.from(series, (key) => {
        const parsed = parseSeriesKey(key);
        return parsed === undefined ? 0 : numberOf(key, parsed.name, parsed.labels, newSeries);
      });
      await thread.call('importBegin', { newSeries, ids: numbers, gaps });
      return {
        add: (ticks) =>
          thread.call('importTicks', ticks, {
            transfer: [ticks.at.buffer, ticks.ends.buffer, ticks.columns.buffer, ticks.values.buffer] as ArrayBuffer[],
          }),
        end: () => thread.call('importEnd', null),
      };
    },
    settle: () => thread.call('settle', null),
    onReopened: (listener) => void listeners.push(listener),
    async close() {
      status = { ...status, state: 'closed' };
      await backups.stop();
      await thread.call('close', null);
      await thread.terminate();
    },
  };
}

const optionsOf = (signal: AbortSignal | undefined): CallOptions => (signal === undefined ? {} : { signal });

const standing = ({
  recoveryLevel,
  message,
  values,
}: OpenAnswer): Pick<StoreStatus, 'recoveryLevel' | 'message' | 'values'> => ({
  recoveryLevel,
  ...(message !== undefined && { message }),
  ...(values !== undefined && { values }),
});

const retentionOf = ({ rawDays, minuteDays, quarterHourDays, maxMegabytes }: StoreSettings): Retention => ({
  rawDays,
  minuteDays,
  quarterHourDays,
  maxBytes: maxMegabytes * 1024 * 1024,
});

/** A piece is read when the one before was taken: whoever is slow does not fill our memory. */
async function* pieces(
  thread: WorkerClient<StoreThread>,
  query: ExportQuery,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportPiece> {
  let cursor: ExportCursor | undefined;
  do {
    const { piece, next } = await thread.call(
      'exportPiece',
      { query, ...(cursor !== undefined && { cursor }) },
      optionsOf(signal),
    );
    yield piece;
    cursor = next;
  } while (cursor !== undefined);
}

/** Drops the oldest ticks beyond the limit, but keeps the series that they introduced. */
function keepNewest(ticks: readonly AppendTick[]): AppendTick[] {
  const kept = ticks.slice(-maxWaitingTicks);
  const introduced = ticks.slice(0, -maxWaitingTicks).flatMap((tick) => tick.newSeries);
  const [first, ...rest] = kept;
  return first === undefined ? [] : [{ ...first, newSeries: [...introduced, ...first.newSeries] }, ...rest];
}
