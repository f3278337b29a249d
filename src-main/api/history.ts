/** The past: the procedures of contract/history.ts over a StoreReader. */
import { implement } from '@orpc/server';
import { historyContract, type RangeAnswer, type SeriesColumns } from '../contract/history.ts';
import type { AlertRecords } from '../store/records/record-types.ts';
import type { StoreReader } from '../store/store-types.ts';

export function historyProcedures(reader: StoreReader & { readonly records: Pick<AlertRecords, 'annotations'> }) {
  const os = implement(historyContract);
  return os.router({
    history: {
      range: os.history.range.handler(async ({ input, signal }) => plain(await reader.range(input, signal))),
      aggregate: os.history.aggregate.handler(({ input, signal }) => reader.aggregate(input, signal)),
      valueAt: os.history.valueAt.handler(({ input, signal }) =>
        reader.valueAt(input.series, input.at, input.withinMs, signal),
      ),
      listSeries: os.history.listSeries.handler(({ signal }) => reader.listSeries(signal)),
      annotations: os.history.annotations.handler(({ input }) => reader.records.annotations(input)),
      status: os.history.status.handler(() => reader.status()),
      export: os.history.export.handler(async function* ({ input, signal }) {
        yield* reader.export(input, signal);
      }),
    },
  });
}

/** Typed arrays do not travel over every transport. */
function plain(answer: RangeAnswer): RangeAnswer {
  const series = answer.series.map(
    ({ at, min, max, first, last, average, count, ...rest }): SeriesColumns => ({
      ...rest,
      at: [...at],
      min: [...min],
      max: [...max],
      first: [...first],
      last: [...last],
      average: [...average],
      count: [...count],
    }),
  );
  return { ...answer, series };
}
