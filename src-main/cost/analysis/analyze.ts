/** The cost analysis of the running month from the ledger's sums. Pure: time and settings are handed in. */
import type { BudgetState, CostAnalysis, CostDay } from '../../contract/cost/analysis.ts';
import type { CostCell } from '../../contract/cost/cells.ts';
import type { CostAnswer, CostSpan } from '../../contract/cost/records.ts';
import type { Budget, CostSettings } from '../../contract/settings/cost.ts';
import { dateText, dayStart, monthStart } from './calendar.ts';
import { createOutlook, forecastOf, type Outlook } from './forecast.ts';
import { groupBy, type Money, type Summary, sumUp } from './sum-up.ts';

export interface AnalysisInput {
  readonly now: number;
  readonly answer: CostAnswer;
  readonly settings: CostSettings;
  readonly prices: {
    readonly date: string;
    readonly source: string;
    readonly ownModels: number;
    readonly problem: string | null;
  };
}

const note =
  'List prices and prices that were reported, not your bill: discounts, subscriptions, taxes and batch prices are not in it.';

export function analyzeCosts({ now, answer, settings, prices }: AnalysisInput): CostAnalysis {
  const month = answer.spans.filter(({ from }) => from >= monthStart(now));
  const cells = month.flatMap((span) => span.cells);
  const today = sumUp(month.filter(({ from }) => from >= dayStart(now)).flatMap((span) => span.cells));
  const all = sumUp(cells);
  const currency = shownCurrency(all, settings);
  const rate = rateOf(settings);
  const inShown = (money: Money): number | undefined => money.in(currency, rate);
  const outlook = createOutlook(answer, now);
  const savings = savingsOf(cells);
  const monthCost = costOf(all, inShown(all.costs));
  const interactions = callsOf(all) === null ? null : all.sums.calls + all.sums.hits;
  // Interactions without a price are left out on both sides.
  const pricedOnes = all.pricedCalls + all.sums.hits;
  const perInteraction =
    monthCost === null || pricedOnes === 0 || !isAllIn(all.costs, currency, rate) ? null : monthCost / pricedOnes;
  const forecast = forecastOf(outlook, monthCost, (some) => inShown(sumUp(some).costs));
  return {
    timestamp: new Date(now).toISOString(),
    currency,
    today_cost: costOf(today, inShown(today.costs)),
    month_cost: monthCost,
    month_forecast: forecast,
    forecast_days: Math.round(outlook.days * 100) / 100,
    cache_savings: all.sums.hits === 0 ? 0 : (inShown(savings.all) ?? null),
    cache_savings_estimated: inShown(savings.estimated) ?? 0,
    cache_hits: all.sums.hits,
    cache_hits_unpriced: savings.unpricedHits,
    calls: callsOf(all),
    today_calls: callsOf(today),
    failed_calls: all.sums.failed,
    unpriced_calls: all.unpricedCalls,
    unpriced_share: all.sums.calls === 0 ? null : all.unpricedCalls / all.sums.calls,
    interactions,
    cost_per_interaction: perInteraction,
    cost_per_1000_calls: perThousand(all, currency, rate),
    ...tokensOf(all),
    inexact_cost: all.sums.inexact,
    by_currency: [...new Set([...all.costs.currencies, ...savings.all.currencies])].sort().map((one) => ({
      currency: one,
      today_cost: today.costs.of(one) ?? 0,
      month_cost: all.costs.of(one) ?? 0,
      month_forecast: forecastOf(outlook, all.costs.of(one) ?? 0, (some) => sumUp(some).costs.of(one)),
      cache_savings: savings.all.of(one) ?? 0,
    })),
    by_model: byModel(cells, currency, rate, savings.byModel),
    by_provider: rows(cells, ({ provider }) => provider, currency, rate),
    by_service: rows(cells, ({ service }) => service, currency, rate),
    unpriced: [
      ...groupBy(
        cells.filter(({ basis, hits }) => basis === 'none' && hits === 0),
        modelKey,
      ),
    ].map(([key, { sums }]) => ({ ...partsOf(key), calls: sums.calls, tokens: sums.input + sums.output })),
    by_day: daysOf(month, now, currency, rate),
    budgets: settings.budgets.map((budget) => budgetState(budget, { cells, outlook, currency, rate })),
    target: { ...settings.target, cost: targetCost(perInteraction, currency, settings) },
    prices: {
      list_date: prices.date,
      list_source: prices.source,
      own_models: prices.ownModels,
      own_problem: prices.problem,
    },
    note,
  };
}

type RateOf = (from: string) => number | undefined;

/** Rates lead into the currency of the settings: which one that is, `auto` does not say beforehand. */
export const rateOf =
  ({ currency, rates }: CostSettings): RateOf =>
  (from) =>
    currency === 'auto' ? undefined : rates.find((rate) => rate.currency === from)?.worth;

/** What most of the month's calls are paid in, unless the settings say. */
export function shownCurrency({ costs }: Summary, settings: CostSettings): string {
  if (settings.currency !== 'auto') return settings.currency;
  const [most] = costs.currencies.map((one) => [costs.of(one) ?? 0, one] as const).sort((a, b) => b[0] - a[0]);
  return most?.[1] ?? 'USD';
}

/** Nothing was used: that cost nothing. Something was, and none of it has a price: nobody knows. */
const isUnused = ({ sums, costs }: Summary): boolean =>
  sums.calls === 0 && sums.input + sums.output === 0 && costs.isEmpty;

const costOf = (summary: Summary, cost: number | undefined): number | null => cost ?? (isUnused(summary) ? 0 : null);

/** Tokens without calls: their number was not reported. */
const callsOf = ({ sums }: Summary): number | null =>
  sums.calls === 0 && (sums.input + sums.output > 0 || sums.cost > 0) ? null : sums.calls;

/** Whether nothing was paid in a currency that can't be told in this one. */
const isAllIn = (costs: Money, currency: string, rate: RateOf): boolean =>
  costs.currencies.every((one) => one === currency || rate(one) !== undefined);

/** Null where some calls were paid in a currency without a rate: their share is in no sum. */
const perThousand = ({ pricedCalls, costs }: Summary, currency: string, rate: RateOf): number | null => {
  const cost = costs.in(currency, rate);
  return cost === undefined || pricedCalls === 0 || !isAllIn(costs, currency, rate)
    ? null
    : (cost / pricedCalls) * 1_000;
};

const tokensOf = ({ sums }: Summary) => ({
  input_tokens: sums.input,
  cache_read_tokens: sums.cacheRead,
  cache_write_tokens: sums.cacheWrite,
  output_tokens: sums.output,
  reasoning_tokens: sums.reasoning,
});

const modelKey = ({ provider, model }: CostCell): string => JSON.stringify([provider, model]);
const partsOf = (key: string): { provider: string | null; model: string } => {
  const [provider, model] = JSON.parse(key) as [string, string];
  return { provider: provider === '' ? null : provider, model };
};

function figures(summary: Summary, currency: string, rate: RateOf) {
  const shown = summary.costs.in(currency, rate);
  // Paid in another currency without a rate: said in that one.
  const own = shown === undefined ? summary.costs.currencies[0] : currency;
  const cost = own === undefined ? undefined : summary.costs.in(own, rate);
  return {
    calls: callsOf(summary),
    failed_calls: summary.sums.failed,
    cache_hits: summary.sums.hits,
    unpriced_calls: summary.unpricedCalls,
    ...tokensOf(summary),
    currency: own ?? null,
    cost: costOf(summary, cost),
    costs: summary.costs.toRecord(),
    cost_per_1000_calls: own === undefined ? null : perThousand(summary, own, rate),
    inexact_cost: summary.sums.inexact,
  };
}

const dearestFirst = <T extends { cost: number | null; input_tokens: number }>(list: T[]): T[] =>
  list.sort((a, b) => (b.cost ?? -1) - (a.cost ?? -1) || b.input_tokens - a.input_tokens);

function byModel(
  cells: readonly CostCell[],
  currency: string,
  rate: RateOf,
  savings: ReadonlyMap<string, Money>,
): CostAnalysis['by_model'] {
  const groups = groupBy(
    cells.filter(({ model }) => model !== ''),
    modelKey,
  );
  return dearestFirst(
    [...groups].map(([key, summary]) => {
      const row = figures(summary, currency, rate);
      const saved = savings.get(key);
      return {
        ...partsOf(key),
        ...row,
        basis: [...summary.bases].sort(),
        cache_savings: summary.sums.hits === 0 ? 0 : (saved?.in(row.currency ?? currency, rate) ?? null),
      };
    }),
  );
}

function rows(
  cells: readonly CostCell[],
  nameOf: (cell: CostCell) => string,
  currency: string,
  rate: RateOf,
): CostAnalysis['by_provider'] {
  const named = cells.filter(({ model }) => model !== '');
  return dearestFirst(
    [...groupBy(named, nameOf)].map(([name, summary]) => ({ name, ...figures(summary, currency, rate) })),
  );
}

export function daysOf(spans: readonly CostSpan[], now: number, currency: string, rate: RateOf): CostDay[] {
  return spans
    .filter(({ from }) => from <= now)
    .map(({ from, cells }) => {
      const summary = sumUp(cells);
      return {
        date: dateText(from),
        from,
        calls: callsOf(summary),
        cost: costOf(summary, summary.costs.in(currency, rate)),
        costs: summary.costs.toRecord(),
        unpriced_calls: summary.unpricedCalls,
      };
    });
}

/** Hits with a reported price, and those without at the mean price of their model's calls. */
function savingsOf(cells: readonly CostCell[]) {
  const all = sumUp(cells).saved;
  const estimated = sumUp([]).saved;
  const byModel = new Map<string, Money>();
  let unpricedHits = 0;
  for (const [key, { sums, saved, costs, pricedCalls }] of groupBy(cells, modelKey)) {
    byModel.set(key, saved);
    const without = sums.hits - sums.savedHits;
    if (without === 0) continue;
    if (pricedCalls === 0 || costs.isEmpty) {
      unpricedHits += without;
      continue;
    }
    // Calls in several currencies: each hit saved its share of each.
    for (const currency of costs.currencies) {
      const worth = ((costs.of(currency) ?? 0) / pricedCalls) * without;
      for (const money of [all, estimated, saved]) money.add(currency, worth);
    }
  }
  return { all, estimated, byModel, unpricedHits };
}

function budgetState(
  budget: Budget,
  {
    cells,
    outlook,
    currency: shown,
    rate,
  }: { cells: readonly CostCell[]; outlook: Outlook; currency: string; rate: RateOf },
): BudgetState {
  const { id, title, amount, provider, model, service } = budget;
  const currency = budget.currency || shown;
  const isMeant = (cell: CostCell): boolean =>
    (provider === '' || provider === cell.provider) &&
    (model === '' || model === cell.model) &&
    (service === '' || service === cell.service);
  // Rates lead to the currency that is shown; another one's budget counts what is paid in it.
  const rateHere: RateOf = currency === shown ? rate : () => undefined;
  const mine = sumUp(cells.filter(isMeant));
  const spent = costOf(mine, mine.costs.in(currency, rateHere));
  const forecast = forecastOf(outlook, spent, (some) => sumUp(some.filter(isMeant)).costs.in(currency, rateHere));
  return {
    id,
    title,
    amount,
    currency,
    spent,
    ratio: spent === null ? null : spent / amount,
    forecast,
    forecast_ratio: forecast === null ? null : forecast / amount,
  };
}

function targetCost(perInteraction: number | null, shown: string, settings: CostSettings): number | null {
  const { target } = settings;
  if (perInteraction === null) return null;
  const cost = perInteraction * target.interactions;
  if (target.currency === shown) return cost;
  const worth = rateOf(settings)(target.currency);
  return worth === undefined ? null : cost / worth;
}
