/** Budgets and the forecast, on a month that is made up to the cent. */
import { expect, test } from 'vitest';
import { type CostCell, noSums } from '../../src-main/contract/cost/cells.ts';
import { costSettingsSchema } from '../../src-main/contract/settings/cost.ts';
import { analyzeCosts } from '../../src-main/cost/analysis/analyze.ts';
import { analysisEdges } from '../../src-main/cost/analysis/forecast.ts';
import { createCostSource } from '../../src-main/cost/cost-source.ts';
import { runOnce } from '../support/run-once.ts';

const at = (day: number, hour = 0): number => new Date(2026, 8, day, hour).getTime();
const cell = (day: number, cost: number, more: Partial<CostCell> = {}): CostCell => ({
  ...noSums(),
  ...{
    at: at(day),
    provider: 'openai',
    model: 'gpt-4o',
    service: 'kb',
    currency: 'USD',
    basis: 'list',
    calls: 1,
    input: 1,
    cost,
  },
  ...more,
});
const prices = { date: '2026-09-23', source: 'test', ownModels: 0, problem: null };

/** @param cells by day of September */
function analysisOf(now: number, cells: readonly CostCell[], settings: object) {
  const spans = analysisEdges(now)
    .slice(0, -1)
    .map((from) => ({ from, cells: cells.filter((one) => one.at === from) }));
  const firstAt = Math.min(...cells.map((one) => one.at));
  return analyzeCosts({ now, answer: { spans, firstAt }, settings: costSettingsSchema.parse(settings), prices });
}

const budget = { id: 'all', title: 'All', amount: 100 };

test('the rest of the month goes like the last seven days', () => {
  const cells = Array.from({ length: 10 }, (_, index) => cell(index + 1, 2));
  // Ten whole days of two dollars each, twenty to come.
  const found = analysisOf(at(11), cells, { budgets: [budget, { ...budget, id: 'other', model: 'gpt-5' }] });
  expect(found.month_cost).toBe(20);
  expect(found.month_forecast).toBeCloseTo(20 + (12 / 6) * 20, 9);
  expect(found.budgets[0]).toMatchObject({ spent: 20, ratio: 0.2 });
  expect(found.budgets[1]).toMatchObject({ spent: 0, forecast: 0 });
});

test('unpriced and foreign money are unknown, not zero; a rate of the user brings it in', () => {
  const cells = [cell(2, 0, { model: 'x', basis: 'none', currency: '' }), cell(2, 5, { model: 'y', currency: 'EUR' })];
  expect(analysisOf(at(3), cells, { currency: 'USD' })).toMatchObject({
    month_cost: null,
    unpriced_calls: 1,
    cost_per_1000_calls: null,
  });
  const rated = analysisOf(at(3), cells, { currency: 'USD', rates: [{ currency: 'EUR', worth: 2 }] });
  expect(rated).toMatchObject({ month_cost: 10, cost_per_1000_calls: 10_000 });
  expect(analysisOf(at(3), cells, {})).toMatchObject({ currency: 'EUR', month_cost: 5 });
});

test('hits without a reported price save the mean of their model, and say so', () => {
  const cells = [cell(2, 9, { calls: 3 }), cell(2, 0, { basis: 'none', currency: '', calls: 0, input: 0, hits: 2 })];
  expect(analysisOf(at(3), cells, {})).toMatchObject({
    cache_savings: 6,
    cache_savings_estimated: 6,
    calls: 3,
    interactions: 5,
  });
  expect(analysisOf(at(3), cells.slice(1), {})).toMatchObject({ cache_savings: null, cache_hits_unpriced: 2 });
});

test('a budget at risk stays so to the end of the month, also where the forecast falls back', async () => {
  const months = new Map<string, string>();
  const latch = { months, set: (id: string, month: string) => void months.set(id, month) };
  const dear = analysisOf(
    at(6),
    [1, 2, 3, 4, 5].map((day) => cell(day, 10)),
    { budgets: [budget] },
  );
  const cheap = analysisOf(at(20), [cell(1, 50)], { budgets: [budget] });
  expect(dear.budgets[0]?.forecast_ratio).toBeGreaterThan(1);
  expect(cheap.budgets[0]?.forecast_ratio).toBeLessThan(1);
  let now = dear;
  const { source } = createCostSource(async () => now, latch);
  const risk = async () => (await runOnce(source))['cost_budget_at_risk{budget="all"}'];
  expect(await risk()).toBe(1);
  now = cheap;
  expect(await risk()).toBe(1);
});
