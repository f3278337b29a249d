/** Metrics of what calls of models use and cost; the counters since the start, the gauges of this month. */
import type { MetricDescription } from '../contract/metric.ts';
import { counters, gauges } from '../sampling/describe-metric.ts';

const perModel = counters('provider', 'model', 'service');
const perCurrency = gauges('currency');
const perBudget = gauges('budget');

export const calls = perModel(
  'llm_calls_total',
  { en: 'AI calls', de: 'KI-Aufrufe' },
  { en: 'Calls of language models that were reported.', de: 'Gemeldete Aufrufe von Sprachmodellen.' },
  'count',
);
export const unpricedCalls = perModel(
  'llm_unpriced_calls_total',
  { en: 'AI calls without a price', de: 'KI-Aufrufe ohne Preis' },
  {
    en: 'Calls of models that have no price here: their cost is unknown, not zero.',
    de: 'Aufrufe von Modellen, die hier keinen Preis haben: Ihre Kosten sind unbekannt, nicht null.',
  },
  'count',
);
export const hits = perModel(
  'llm_cache_hits_total',
  { en: 'AI calls saved', de: 'Gesparte KI-Aufrufe' },
  {
    en: "Answers of the application's own cache: calls that were not made.",
    de: 'Antworten aus dem Cache der Anwendung: Aufrufe, die es nicht brauchte.',
  },
  'count',
);
export const tokens = perModel(
  'llm_tokens_total',
  { en: 'Tokens', de: 'Tokens' },
  {
    en: 'Tokens by kind; input holds the cached ones, output the reasoning.',
    de: 'Tokens nach Art; Eingabe enthält die aus dem Cache, Ausgabe die des Nachdenkens.',
  },
  'count',
  ['kind'],
);
export const cost = perModel(
  'llm_cost_total',
  { en: 'Cost of AI calls', de: 'Kosten der KI-Aufrufe' },
  {
    en: 'Cost by reported and list prices, in the currency of its label.',
    de: 'Kosten nach gemeldeten und Listenpreisen, in der Währung des Labels.',
  },
  'count',
  ['currency'],
);
export const costToday = perCurrency(
  'llm_cost_today',
  { en: 'AI cost today', de: 'KI-Kosten heute' },
  { en: 'Cost of AI calls since midnight.', de: 'Kosten der KI-Aufrufe seit Mitternacht.' },
  'count',
);
export const costMonth = perCurrency(
  'llm_cost_month',
  { en: 'AI cost this month', de: 'KI-Kosten diesen Monat' },
  { en: 'Cost of AI calls since the first of the month.', de: 'Kosten der KI-Aufrufe seit dem Ersten.' },
  'count',
);
export const costForecast = perCurrency(
  'llm_cost_month_forecast',
  { en: "AI cost by the month's end", de: 'KI-Kosten zum Monatsende' },
  {
    en: 'Cost by the end of the month, when the rest of it goes like the last seven days.',
    de: 'Kosten zum Monatsende, wenn der Rest wie die letzten sieben Tage verläuft.',
  },
  'count',
);
export const budgetRatio = perBudget(
  'cost_month_budget_ratio',
  { en: 'Budget used', de: 'Budget verbraucht' },
  { en: 'Spent this month as a share of the budget.', de: 'In diesem Monat ausgegebener Anteil des Budgets.' },
  'ratio',
);
export const budgetForecastRatio = perBudget(
  'cost_month_forecast_budget_ratio',
  { en: 'Budget used, forecast', de: 'Budget verbraucht, Prognose' },
  {
    en: "Forecast to the month's end as a share of the budget.",
    de: 'Prognose zum Monatsende als Anteil des Budgets.',
  },
  'ratio',
);
export const budgetAtRisk: MetricDescription = {
  ...perBudget(
    'cost_budget_at_risk',
    { en: 'Budget will not last', de: 'Budget reicht nicht' },
    {
      en: 'Whether the forecast went beyond the budget this month, on at least three days of reports; stays so to the month’s end.',
      de: 'Ob die Prognose in diesem Monat über das Budget hinausging, nach mindestens drei Tagen mit Meldungen; bleibt bis zum Monatsende so.',
    },
    'boolean',
  ),
  whenTrue: { en: 'The budget will not last the month', de: 'Das Budget reicht nicht für den Monat' },
  whenFalse: { en: 'The budget lasts', de: 'Das Budget reicht' },
};

export const costMetrics: readonly MetricDescription[] = [
  ...[calls, unpricedCalls, hits, tokens, cost, costToday, costMonth, costForecast],
  ...[budgetRatio, budgetForecastRatio, budgetAtRisk],
];
