/** The ledger as a source: what was counted since the start, and how the month stands. */
import type { BudgetState, CostAnalysis } from '../contract/cost/analysis.ts';
import type { CostCell } from '../contract/cost/cells.ts';
import type { Source } from '../sampling/source.ts';
import { dateText, monthStart } from './analysis/calendar.ts';
import * as m from './cost-metrics.ts';

/** Before so many days of reports a forecast alarms nobody. */
const enoughDays = 3;
const mostLines = 500;

export interface BudgetLatch {
  /** Budget → month in which its forecast went beyond it. */
  readonly months: ReadonlyMap<string, string>;
  set(budget: string, month: string): void;
}

export interface CostSource {
  readonly source: Source;
  onCounted(cell: CostCell): void;
}

interface Line {
  readonly labels: { readonly provider: string; readonly model: string; readonly service: string };
  calls: number;
  unpriced: number;
  hits: number;
  readonly tokens: Record<'input' | 'cache_read' | 'cache_write' | 'output' | 'reasoning', number>;
  readonly costs: Map<string, number>;
}

/** @param analysis undefined where nothing was ever reported */
export function createCostSource(analysis: () => Promise<CostAnalysis | undefined>, latch: BudgetLatch): CostSource {
  const lines = new Map<string, Line>();
  const source: Source = {
    id: 'llm-cost',
    title: { en: 'Cost of AI calls', de: 'Kosten der KI-Aufrufe' },
    interval: 'slow',
    timeoutMs: 8_000,
    metrics: m.costMetrics,
    async collect(sink, { at }) {
      for (const { labels, calls, unpriced, hits, tokens, costs } of lines.values()) {
        sink.sample(m.calls, calls, labels);
        sink.sample(m.unpricedCalls, unpriced, labels);
        if (hits > 0) sink.sample(m.hits, hits, labels);
        for (const [kind, value] of Object.entries(tokens)) sink.sample(m.tokens, value, { ...labels, kind });
        for (const [currency, value] of costs) sink.sample(m.cost, value, { ...labels, currency });
      }
      const now = await analysis();
      if (now === undefined) return;
      for (const { currency, today_cost, month_cost, month_forecast } of now.by_currency) {
        sink.sample(m.costToday, today_cost, { currency });
        sink.sample(m.costMonth, month_cost, { currency });
        sink.sample(m.costForecast, month_forecast, { currency });
      }
      const month = dateText(monthStart(at));
      for (const budget of now.budgets) {
        sink.sample(m.budgetRatio, budget.ratio, { budget: budget.id });
        sink.sample(m.budgetForecastRatio, budget.forecast_ratio, { budget: budget.id });
        const isAtRisk = (now.forecast_days >= enoughDays && isBeyond(budget)) || latch.months.get(budget.id) === month;
        if (isAtRisk && latch.months.get(budget.id) !== month) latch.set(budget.id, month);
        if (budget.forecast_ratio !== null) sink.sample(m.budgetAtRisk, isAtRisk ? 1 : 0, { budget: budget.id });
      }
    },
  };
  return {
    source,
    onCounted(cell) {
      const { provider, model, service } = cell;
      if (model === '') return;
      const key = JSON.stringify([provider, model, service]);
      let line = lines.get(key);
      if (line === undefined) {
        // The ledger holds more than Prometheus should be given.
        if (lines.size >= mostLines) return;
        line = {
          labels: { provider, model, service },
          calls: 0,
          unpriced: 0,
          hits: 0,
          tokens: { input: 0, cache_read: 0, cache_write: 0, output: 0, reasoning: 0 },
          costs: new Map(),
        };
        lines.set(key, line);
      }
      line.calls += cell.calls;
      if (cell.basis === 'none') line.unpriced += cell.calls;
      line.hits += cell.hits;
      line.tokens.input += cell.input;
      line.tokens.cache_read += cell.cacheRead;
      line.tokens.cache_write += cell.cacheWrite;
      line.tokens.output += cell.output;
      line.tokens.reasoning += cell.reasoning;
      if (cell.currency !== '' && cell.cost > 0)
        line.costs.set(cell.currency, (line.costs.get(cell.currency) ?? 0) + cell.cost);
    },
  };
}

const isBeyond = ({ forecast_ratio }: BudgetState): boolean => forecast_ratio !== null && forecast_ratio > 1;
