/** Prices of language models as data: the user's `prices.json` and the list that comes with the app have one shape. */
import { z } from 'zod';

/** Units of money for a million tokens (for a thousand calls: `thousandCalls`). */
const rate = z.union([
  z.number().min(0).max(1e9),
  z.object({
    base: z.number().min(0).max(1e9),
    /**
     * Long-context prices: once a call's input is above so many tokens, this rate holds for all of the call's tokens.
     */
    tiers: z.array(z.object({ above: z.number().int().min(0).max(1e12), rate: z.number().min(0).max(1e9) })).max(20),
  }),
]);

/** What is left out costs what its whole costs: cached input the price of input, reasoning the price of output. */
const ratesSchema = z
  .strictObject({
    input: rate.optional(),
    cacheRead: rate.optional(),
    cacheWrite: rate.optional(),
    output: rate.optional(),
    reasoning: rate.optional(),
    thousandCalls: rate.optional(),
  })
  .refine((rates) => Object.values(rates).some((one) => one !== undefined), 'at least one price is needed');
export type Rates = z.infer<typeof ratesSchema>;
export type Rate = z.infer<typeof rate>;

const time = z.string().regex(/^\d\d:\d\d(:\d\d)?Z$/, 'a time of day in UTC, 16:30:00Z');

const datedPriceSchema = z.strictObject({
  /** In force from this day or moment on (ISO 8601, UTC); always where left out. */
  from: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
  /** In force each day from one time to another, UTC. */
  daily: z.tuple([time, time]).optional(),
  rates: ratesSchema,
});

export const currencySchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{3}$/, 'three letters, such as USD or EUR');

const ownPriceSchema = z.strictObject({
  provider: z.string().trim().min(1).max(100),
  model: z.string().trim().min(1).max(200),
  /** Further names of the same model. */
  names: z.array(z.string().trim().min(1).max(200)).max(50).default([]),
  currency: currencySchema.default('USD'),
  prices: z.array(datedPriceSchema).min(1).max(50),
});
export type OwnPrice = z.infer<typeof ownPriceSchema>;

/**
 * `prices.json` in the data directory, and what is imported: `{"version":1,"prices":[…]}`; a list alone is taken, too.
 */
export const priceFileSchema = z
  .strictObject({ version: z.literal(1).default(1), prices: z.array(ownPriceSchema).max(10_000) })
  .transform((file) => file.prices);

/** One model's prices, whoever wrote them. */
export interface ModelPrices {
  readonly model: string;
  readonly names: readonly string[];
  readonly prices: readonly {
    readonly from?: string | undefined;
    readonly daily?: readonly [string, string] | undefined;
    readonly rates: Rates;
  }[];
}
