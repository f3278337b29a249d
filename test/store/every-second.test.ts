import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ExportQuery } from '../../src-main/contract/history.ts';
import { createStoreThread } from '../../src-main/store/store-thread.ts';
import type { ExportCursor } from '../../src-main/store/transfer/export-piece.ts';
import { temporaryFolder } from '../support/temporary.ts';

const start = Date.UTC(2026, 0, 1);
/** More than a day: what happened in it has reached the largest blocks of minutes. */
const seconds = 30 * 3600;

const days: Record<string, (second: number) => boolean> = {
  'through which the machine slept most of the time': (second) =>
    second < 4 * 3600 || second % 7200 < 300 || second % 7200 >= 6900,
  'in which a slow series became a fast one': (second) => second % 10 === 0 || second > 37_000,
  'in which a fast series became a slow one': (second) => second % 10 === 0 || second < 37_000,
  'of a slow series': (second) => second % 10 === 0,
};

describe('every sample is kept as it was', () => {
  for (const [what, isSampled] of Object.entries(days))
    it(`over a day ${what}`, async () => {
      const thread = createStoreThread({
        path: join(temporaryFolder(), 'history.db'),
        clock: { monotonic: () => performance.now() },
      });
      onTestFinished(() => thread.close(null));
      await thread.open(null);
      thread.importBegin({
        newSeries: [{ id: 1, key: 'load', metric: 'load', labels: {} }],
        ids: Uint32Array.of(1),
        gaps: [],
      });
      const sampled = Float64Array.from({ length: seconds }, (_, second) => second).filter(isSampled);
      await thread.importTicks({
        at: sampled.map((second) => start + second * 1000),
        ends: Uint32Array.from(sampled, (_, index) => index + 1),
        columns: new Uint32Array(sampled.length),
        values: sampled,
      });
      await thread.importEnd(null);
      await thread.settle(null);

      const query: ExportQuery = { series: [], from: start, until: start + seconds * 1000, format: 'csv' };
      let text = '';
      let cursor: ExportCursor | undefined;
      do {
        const step = await thread.exportPiece({ query, ...(cursor !== undefined && { cursor }) });
        text += step.piece.text;
        cursor = step.next;
      } while (cursor !== undefined);
      const lines = text.trimEnd().split('\n').slice(1);
      const expected = [...sampled].map((second) => [start + second * 1000, second]);
      expect(
        lines.map((line) => line.split(',')).map(([at, value]) => [Date.parse(at as string), Number(value)]),
      ).toEqual(expected);
      const { values } = await thread.aggregate({ ...query, series: ['load'], aggregation: 'count', quantile: 0.5 });
      expect(values.load).toBe(sampled.length);
    });
});
