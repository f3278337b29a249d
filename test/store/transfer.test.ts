import { createReadStream, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { parseExportOptions } from '../../src-main/command-line/export.ts';
import { exportFile } from '../../src-main/store/read-only.ts';
import { importTable } from '../../src-main/store/transfer/import-table.ts';
import { endOf, runHeadless, startHeadlessCommand } from '../support/headless.ts';
import { historyFeed, openedForTest } from '../support/history-feed.ts';
import { temporaryFolder } from '../support/temporary.ts';

const start = Date.UTC(2026, 0, 1);
const until = start + 4 * 3_600_000;

async function textOf(pieces: AsyncIterable<{ readonly text: string }>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece.text;
  return text;
}

describe('history that is exported and imported', () => {
  for (const format of ['csv', 'json'] as const)
    it(`is the same again as ${format}`, async () => {
      const folder = temporaryFolder();
      const store = await openedForTest(join(folder, 'history.db'));
      const feed = historyFeed(4);
      const odd = { ...feed(0).samples[0], value: Number.NaN } as ReturnType<typeof feed>['samples'][number];
      for (let second = 0; second < 1500; second += 1) {
        const gaps = second === 700 ? [{ from: start, until: start + 5000, cause: 'sleep' } as const] : [];
        const { at, samples } = feed(second);
        await store.append({ at, samples: second % 100 === 0 ? [odd] : samples.slice(second % 3), gaps });
      }
      await store.settle();
      const query = { series: [], from: start, until, format };
      const text = await textOf(store.export(query));
      if (format === 'json') expect(() => JSON.parse(text)).not.toThrow();
      const file = join(folder, `history.${format}`);
      writeFileSync(file, text);
      const path = join(folder, 'other.db');
      const other = await openedForTest(path);
      expect(await importTable(other, createReadStream(file))).toMatchObject({
        ticks: 1500,
        series: 4,
        badLineCount: 0,
      });
      expect(await textOf(other.export(query))).toBe(text);
      expect(await textOf(exportFile(path, query))).toBe(text);
      // Once more changes nothing.
      await importTable(other, createReadStream(file));
      expect(await textOf(other.export(query))).toBe(text);
    });

  it('keeps the good lines of a file and tells the bad ones with their reason', async () => {
    const store = await openedForTest(join(temporaryFolder(), 'history.db'));
    const text = [
      'time,load,"disk{name=""a,b""}",no name',
      '2026-01-01T00:00:00.000Z,1,2,3',
      'yesterday,1,2,3',
      `${start + 1000},4,,`,
      '2026-01-01T00:00:02Z,much,1,1',
      '2026-01-01T00:00:03Z,1,1,1,1',
      '',
      '2026-01-01T00:00:04Z,5,NaN,1',
    ].join('\r\n');
    const imported = await importTable(store, Readable.from([Buffer.from(text)]));
    expect(imported).toMatchObject({ ticks: 3, badLineCount: 4 });
    expect(imported.badLines.map(({ line }) => line)).toEqual([1, 3, 5, 6]);
    const { series } = await store.range({
      series: ['load', 'disk'],
      from: start,
      until: start + 9000,
      columns: 10_000,
    });
    expect(series.map(({ key, last }) => [key, [...last]])).toEqual([
      ['load', [1, 4, 5]],
      ['disk{name="a,b"}', [2]],
    ]);
  });

  it('stops being exported when the reader has had enough', async () => {
    const store = await openedForTest(join(temporaryFolder(), 'history.db'));
    await store.append(historyFeed(2)(0));
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    const all = textOf(store.export({ series: [], from: start, until, format: 'csv' }, controller.signal));
    await expect(all).rejects.toThrow('enough');
  });
});

describe('an import by command line', () => {
  it('that is cancelled on its way keeps what it read, and once more adds the rest', async () => {
    const folder = temporaryFolder();
    const lines = Array.from(
      { length: 20_000 },
      (_, second) => `${new Date(start + second * 1000).toISOString()},${second},1,2`,
    );
    const text = ['time,load,memory,disk', ...lines, ''].join('\n');
    const importing = startHeadlessCommand(['import', '-', '--data-dir', folder]);
    // It ends without reading all of it.
    importing.stdin.on('error', () => {});
    importing.stdin.write(text.slice(0, text.length / 2));
    // The history is there as soon as the import has begun to take it in.
    await vi.waitUntil(() => existsSync(join(folder, 'history.db')), { timeout: 30_000 });
    importing.kill('SIGINT');
    const { code, stderr } = await endOf(importing);
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('importing the file again adds'),
    });

    const file = join(folder, 'table.csv');
    writeFileSync(file, text);
    expect(await runHeadless(['import', file, '--data-dir', folder])).toMatchObject({ code: 0, stderr: '' });
    const store = await openedForTest(join(folder, 'history.db'));
    expect(await textOf(store.export({ series: [], from: start, until: start + 86_400_000, format: 'csv' }))).toContain(
      `,19999,`,
    );
  });
});

describe('the options of export', () => {
  const now = Date.UTC(2026, 0, 2);
  it('take moments, stretches back from now, and series with commas in their labels', () => {
    const parsed = parseExportOptions(
      ['--from', '24h', '--to', '2026-01-01T12:00:00Z', '--series', 'load,disk{a="x",b="y"}', '--format', 'json'],
      now,
    );
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        query: { from: start, until: start + 43_200_000, series: ['load', 'disk{a="x",b="y"}'], format: 'json' },
      },
    });
  });

  it('are refused with a reason', () => {
    expect(parseExportOptions(['--from', 'noon'], now)).toMatchObject({ ok: false });
    expect(parseExportOptions(['--format', 'xml'], now)).toMatchObject({ ok: false });
    expect(parseExportOptions(['--frm', '1h'], now)).toMatchObject({ ok: false });
  });
});
