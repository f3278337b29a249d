/** A month of calls through the running monitor: counted once, to a billionth, over a kill, an export and an import. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CostAnalysis } from '../../src-main/contract/cost/analysis.ts';
import { type Headless, runHeadless, startHeadless } from '../support/headless.ts';
import { makeMonth, ownPrices } from './support/month.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'hakgal-cost-'));
const otherDir = mkdtempSync(join(tmpdir(), 'hakgal-cost-'));
const now = Date.now();
const begin = new Date(new Date(now).getFullYear(), new Date(now).getMonth(), 1).getTime();
const month = makeMonth(10_000, begin, now);
let monitor: Headless;
const monitors: Headless[] = [];

async function start(folder: string): Promise<Headless> {
  const started = await startHeadless({ dataDir: folder });
  monitors.push(started);
  return started;
}

beforeAll(async () => {
  writeFileSync(join(dataDir, 'prices.json'), JSON.stringify(ownPrices));
  monitor = await start(dataDir);
}, 60_000);

afterAll(async () => {
  for (const one of monitors) if (one.process.signalCode === null) await one.stop();
  for (const folder of [dataDir, otherDir]) rmSync(folder, { recursive: true, force: true });
});

const send = async (
  events: readonly unknown[],
): Promise<{ accepted: number; repeated?: number; rejected: unknown[] }> => {
  const response = await fetch(`${monitor.api}/api/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(events),
  });
  expect(response.status).toBe(202);
  return (await response.json()) as never;
};
const analysis = async (of: Headless = monitor): Promise<CostAnalysis> =>
  (await (await fetch(`${of.api}/api/v1/performance/cost-analysis`)).json()) as CostAnalysis;

function expectWhole(found: CostAnalysis): void {
  const costs = Object.fromEntries(found.by_currency.map((one) => [one.currency, one.month_cost]));
  for (const [currency, cost] of Object.entries(month.costs))
    expect(Math.abs((costs[currency] as number) - cost), `${currency} ${costs[currency]} is not ${cost}`).toBeLessThan(
      1e-9,
    );
  expect(Object.keys(costs).sort()).toEqual(Object.keys(month.costs).sort());
  const savings = Object.fromEntries(found.by_currency.map((one) => [one.currency, one.cache_savings]));
  for (const [currency, saved] of Object.entries(month.savings))
    expect(Math.abs((savings[currency] as number) - saved)).toBeLessThan(1e-9);
  expect(found).toMatchObject({
    calls: month.calls,
    unpriced_calls: month.unpriced,
    cache_hits: month.hits,
    input_tokens: month.inputTokens,
    cache_read_tokens: month.cacheReadTokens,
    output_tokens: month.outputTokens,
    cache_savings_estimated: 0,
  });
  const ofModel = (model: string) => found.by_model.find((one) => one.model === model);
  expect(ofModel('gpt-4o-turbo-vision')).toMatchObject({ cost: null, currency: null, basis: ['none'] });
  expect(ofModel('nobody-knows')?.cost).toBeNull();
  expect(found.unpriced.map(({ model }) => model).sort()).toEqual(['gpt-4o-turbo-vision', 'nobody-knows']);
  expect(found.by_model.reduce((sum, { calls }) => sum + (calls ?? 0), 0)).toBe(month.calls);
  expect(found.by_day.reduce((sum, { calls }) => sum + (calls ?? 0), 0)).toBe(month.calls);
}

test('10,000 calls, with every tenth sent twice, are summed up to a billionth', async () => {
  let repeated = 0;
  for (let index = 0; index < month.events.length; index += 500) {
    const part = month.events.slice(index, index + 500);
    const again = part.filter((_, place) => place % 10 === 0);
    const answer = await send([...part, ...again]);
    expect(answer.rejected).toEqual([]);
    repeated += answer.repeated ?? 0;
  }
  expect(repeated).toBe(1_000);
  expectWhole(await analysis());
}, 60_000);

test('a kill −9 right after the answer loses nothing, and what was counted before is not counted again', async () => {
  monitor.process.kill('SIGKILL');
  await once(monitor.process, 'exit');
  monitor = await start(dataDir);
  expectWhole(await analysis());
  const answer = await send(month.events.slice(4_000, 6_000));
  expect(answer).toMatchObject({ accepted: 2_000, repeated: 2_000 });
  expectWhole(await analysis());
}, 60_000);

test.each(['csv', 'json'])(
  'an export as %s, imported elsewhere twice, has the same month',
  async (format) => {
    const file = join(otherDir, `history.${format}`);
    const folder = join(otherDir, format);
    expect((await runHeadless(['export', '--format', format, '--output', file, '--data-dir', dataDir])).code).toBe(0);
    for (let time = 0; time < 2; time += 1) {
      const imported = await runHeadless(['import', file, '--data-dir', folder]);
      expect(imported.stderr).toBe('');
      expect(imported.stdout).toContain('entries of the ledger of AI calls imported');
    }
    const other = await start(folder);
    expectWhole(await analysis(other));
  },
  120_000,
);
