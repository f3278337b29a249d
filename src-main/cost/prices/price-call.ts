/** What one call costs by a price. Pure. */
import type { ModelPrices, Rate, Rates } from '../../contract/cost/prices.ts';
import type { Tokens } from '../../contract/cost/usage.ts';

const million = 1_000_000;

/** The price in force at a time, ms since the epoch; of several the last one that is. */
export function ratesAt(prices: ModelPrices['prices'], at: number): Rates | undefined {
  return prices.findLast(({ from, daily }) => {
    if (from !== undefined && at < Date.parse(from)) return false;
    return daily === undefined || isWithin(at, daily);
  })?.rates;
}

function isWithin(at: number, [start, end]: readonly [string, string]): boolean {
  const now = new Date(at).toISOString().slice(11, 19);
  const [from, until] = [start, end].map((text) => `${text.slice(0, -1)}:00`.slice(0, 8)) as [string, string];
  return from <= until ? now >= from && now < until : now >= from || now < until;
}

/**
 * A tier holds for the whole call, by the tokens of its input; parts without a price of their own cost what their whole
 * costs.
 * @param size tokens of input by which the tier is chosen
 */
export function priceCall(tokens: Tokens, rates: Rates, calls: number, size: number): number {
  const { input, cacheRead, cacheWrite, output, reasoning } = tokens;
  const of = (rate: Rate | undefined): number | undefined => {
    if (typeof rate !== 'object') return rate;
    return rate.tiers.reduce((found, tier) => (size > tier.above ? tier.rate : found), rate.base);
  };
  const inputRate = of(rates.input) ?? 0;
  const outputRate = of(rates.output) ?? 0;
  const plainInput = Math.max(0, input - cacheRead - cacheWrite);
  const plainOutput = Math.max(0, output - reasoning);
  const perMillion =
    plainInput * inputRate +
    cacheRead * (of(rates.cacheRead) ?? inputRate) +
    cacheWrite * (of(rates.cacheWrite) ?? inputRate) +
    plainOutput * outputRate +
    reasoning * (of(rates.reasoning) ?? outputRate);
  return perMillion / million + (calls * (of(rates.thousandCalls) ?? 0)) / 1_000;
}

/** Whether the price of many calls together can't be told from the sum of their tokens. */
export const hasTiers = (rates: Rates): boolean => Object.values(rates).some((rate) => typeof rate === 'object');
