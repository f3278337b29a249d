/** The main thread's end of the store: numbers the series, hands ticks over, keeps those that could not be written for later. */
import type { Batch } from '../contract/batch.ts';
import { startWorker } from '../workers/protocol.ts';
import { createRecordClient } from './records/index.ts';
import type { AlertRecords } from './records/record-types.ts';
import type { AppendTick, NewSeries, StoreThread } from './store-thread.ts';
import type { StoreReader, StoreStatus, StoreWriter } from './store-types.ts';

/** Ticks that wait in memory while the file can't be written: ten minutes. Beyond that the oldest go, and the gap says so. */
const maxWaitingTicks = 600;

export interface Store extends StoreWriter, Pick<StoreReader, 'range' | 'listSeries' | 'status'> {
  /** Time of the last stored tick, ms since the epoch; undefined in a fresh store. */
  readonly newestAt: number | undefined;
  /** Alerts and notices. */
  readonly records: AlertRecords;
  close(): Promise<void>;
}

export async function openStore(path: string): Promise<Store> {
  const thread = startWorker<StoreThread>('store', { path });
  const opened = await thread.call('open', null);
  const ids = new Map(opened.series.map(({ id, key }) => [key, id]));
  let nextId = Math.max(0, ...ids.values()) + 1;
  let waiting: AppendTick[] = [];
  let status: StoreStatus = {
    rung: opened.rung,
    ...(opened.message !== undefined && { message: opened.message }),
    state: 'storing',
    path,
    sizeBytes: opened.sizeBytes,
    seriesCount: ids.size,
    samplesStored: 0,
    ...(opened.oldestAt !== null && { oldestAt: opened.oldestAt }),
  };

  function toTick({ at, samples, gaps }: Batch): AppendTick {
    const newSeries: NewSeries[] = [];
    const numbers = new Uint32Array(samples.length);
    const values = new Float64Array(samples.length);
    for (const [index, { series, value }] of samples.entries()) {
      let id = ids.get(series.key);
      if (id === undefined) {
        id = nextId++;
        ids.set(series.key, id);
        newSeries.push({ id, key: series.key, metric: series.metric.name, labels: series.labels });
      }
      numbers[index] = id;
      values[index] = value;
    }
    return { at, newSeries, ids: numbers, values, gaps };
  }

  return {
    newestAt: opened.newestAt ?? undefined,
    records: createRecordClient(thread),
    async append(batch) {
      waiting.push(toTick(batch));
      const ticks = waiting;
      waiting = [];
      try {
        const { sizeBytes } = await thread.call('append', ticks);
        const { failure: _, ...rest } = status;
        const stored = ticks.reduce((sum, tick) => sum + tick.ids.length, 0);
        status = {
          ...rest,
          state: 'storing',
          sizeBytes,
          seriesCount: ids.size,
          samplesStored: status.samplesStored + stored,
        };
        if (status.oldestAt === undefined) status = { ...status, oldestAt: batch.at };
      } catch (error) {
        waiting = keepNewest([...ticks, ...waiting]);
        status = { ...status, state: 'failing', failure: (error as Error).message };
        throw error;
      }
    },
    range: (query, signal) => thread.call('range', query, signal === undefined ? {} : { signal }),
    listSeries: (signal) => thread.call('listSeries', null, signal === undefined ? {} : { signal }),
    status: () => status,
    async close() {
      status = { ...status, state: 'closed' };
      await thread.call('close', null);
      await thread.terminate();
    },
  };
}

/** Drops the oldest ticks beyond the limit, but keeps the series that they introduced. */
function keepNewest(ticks: readonly AppendTick[]): AppendTick[] {
  const kept = ticks.slice(-maxWaitingTicks);
  const introduced = ticks.slice(0, -maxWaitingTicks).flatMap((tick) => tick.newSeries);
  const [first, ...rest] = kept;
  return first === undefined ? [] : [{ ...first, newSeries: [...introduced, ...first.newSeries] }, ...rest];
}
