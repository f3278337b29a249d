/** What calls of language models cost, as `/api/v1/performance/cost-analysis` and the screen Cost have it. */
import { z } from 'zod';

const count = z.number().int().min(0);
/** Null: nobody knows, as of calls without a price. */
const money = z.number().nullable();
const costs = z.record(z.string(), z.number()).describe('Cost by currency, not converted');

const sums = {
  calls: count.nullable().describe('Calls made; null where only tokens were reported'),
  failed_calls: count,
  cache_hits: count.describe("Answers of the application's own cache: calls that were not made"),
  unpriced_calls: count,
  input_tokens: count.describe('Cached ones included'),
  cache_read_tokens: count,
  cache_write_tokens: count,
  output_tokens: count.describe('Reasoning included'),
  reasoning_tokens: count,
  currency: z.string().nullable().describe('What cost is in; null where there is none'),
  cost: money.describe('Null where nothing has a price'),
  costs,
  cost_per_1000_calls: money,
  inexact_cost: z
    .number()
    .describe(
      'Of the cost, what rests on summed-up reports: an upper bound where cached input is not told apart, else the price of the mean call',
    ),
};

const rowSchema = z.object({ name: z.string(), ...sums });
const modelRowSchema = z.object({
  provider: z.string().nullable(),
  model: z.string(),
  ...sums,
  basis: z.array(z.enum(['reported', 'own', 'list', 'none'])).describe('Where the prices come from'),
  cache_savings: money,
});
const daySchema = z.object({
  /** The day or the month's first day where this machine stands. */
  date: z.string(),
  from: z.number(),
  calls: count.nullable(),
  cost: money,
  costs,
  unpriced_calls: count,
});
const budgetStateSchema = z.object({
  id: z.string(),
  title: z.string(),
  amount: z.number(),
  currency: z.string(),
  spent: money,
  ratio: z.number().nullable().describe('Spent this month / amount'),
  forecast: money,
  forecast_ratio: z.number().nullable(),
});

export const costAnalysisSchema = z.object({
  timestamp: z.string(),
  currency: z.string().describe('ISO 4217; what sums without a currency of their own are in'),
  today_cost: money,
  month_cost: money,
  month_forecast: money.describe("Cost by the month's end, when the rest of it goes like the last seven days"),
  forecast_days: z.number().describe('Days of reports that the forecast rests on, at most 7'),
  cache_savings: money.describe('What hits of the own cache saved this month'),
  cache_savings_estimated: z
    .number()
    .describe("Of it, what rests on the model's mean price because no price was reported"),
  cache_hits: count,
  cache_hits_unpriced: count.describe('Hits whose saved call nobody knows the price of'),
  calls: count.nullable().describe('This month'),
  today_calls: count.nullable(),
  failed_calls: count,
  unpriced_calls: count,
  unpriced_share: z.number().nullable().describe('Of the calls of this month, 0–1'),
  interactions: count.nullable().describe('Calls and hits of the own cache'),
  cost_per_interaction: money,
  cost_per_1000_calls: money,
  input_tokens: count,
  cache_read_tokens: count,
  cache_write_tokens: count,
  output_tokens: count,
  reasoning_tokens: count,
  inexact_cost: z.number(),
  by_currency: z.array(
    z.object({
      currency: z.string(),
      today_cost: z.number(),
      month_cost: z.number(),
      month_forecast: money,
      cache_savings: z.number(),
    }),
  ),
  by_model: z.array(modelRowSchema),
  by_provider: z.array(rowSchema),
  by_service: z.array(rowSchema),
  unpriced: z.array(z.object({ provider: z.string().nullable(), model: z.string(), calls: count, tokens: count })),
  by_day: z.array(daySchema),
  budgets: z.array(budgetStateSchema),
  target: z.object({
    amount: z.number(),
    currency: z.string(),
    interactions: count,
    cost: money.describe('What so many interactions cost here, in the currency of the target; null without a rate'),
  }),
  prices: z.object({
    list_date: z.string(),
    list_source: z.string(),
    own_models: count,
    own_problem: z.string().nullable().describe('Why prices.json is not used'),
  }),
  note: z.string(),
});
export type CostAnalysis = z.infer<typeof costAnalysisSchema>;
export type CostDay = z.infer<typeof daySchema>;
export type BudgetState = z.infer<typeof budgetStateSchema>;

const costMonthsSchema = z.object({ currency: z.string(), months: z.array(daySchema) });
export type CostMonths = z.infer<typeof costMonthsSchema>;
