/** What applications report, one event or many, and what they are answered. */
import { z } from 'zod';
import { currencySchema } from './cost/prices.ts';

/** A day: whatever lasted longer was not a query. */
const seconds = z.number().min(0).max(86_400);
const shared = {
  /** A repeated id is counted once, so that a client may send again after a lost answer. */
  id: z.string().min(1).max(200).optional(),
  /**
   * When it happened, ISO 8601 or ms since the epoch. Queries and cache look-ups count when they arrive, calls of
   * models when they happened.
   */
  timestamp: z.union([z.iso.datetime({ offset: true, local: true }), z.number().min(0)]).optional(),
};

const queryEventSchema = z.object({
  type: z.literal('query'),
  duration: seconds,
  query_type: z.string().min(1).max(100).default('other'),
  success: z.boolean().default(true),
  ...shared,
});

const cacheEventSchema = z.object({
  type: z.literal('cache'),
  hit: z.boolean(),
  key: z.string().max(1_000).optional(),
  response_time: seconds.optional(),
  /** Price of the call that a hit saved, in the user's currency. */
  cost: z.number().min(0).max(1e9).optional(),
  ...shared,
});

const tokens = z.number().int().min(0).max(1e10);

/**
 * A call of a language model, or one that the application's own cache saved (`cached`). Texts are neither asked for nor
 * kept.
 */
const llmEventSchema = z
  .object({
    type: z.literal('llm'),
    provider: z.string().trim().max(100).default(''),
    model: z.string().trim().min(1).max(200),
    /** Which application called; shown beside models and providers. */
    service: z.string().trim().max(200).default(''),
    /** Those from the provider's cache and those written to it included. */
    input_tokens: tokens.optional(),
    cache_read_tokens: tokens.default(0),
    cache_write_tokens: tokens.default(0),
    /** Reasoning included. */
    output_tokens: tokens.optional(),
    reasoning_tokens: tokens.default(0),
    /** What it cost, where the application knows; of a cached answer, what the call would have cost. */
    cost: z.number().min(0).max(1e9).optional(),
    /** Three letters; without it the currency of the settings. */
    currency: currencySchema.optional(),
    cached: z.boolean().default(false),
    duration: seconds.optional(),
    success: z.boolean().default(true),
    ...shared,
  })
  .refine((event) => event.cache_read_tokens + event.cache_write_tokens <= (event.input_tokens ?? 0), {
    path: ['input_tokens'],
    error: 'holds the cached tokens too: it can not be less than cache_read_tokens and cache_write_tokens together',
  })
  .refine((event) => event.reasoning_tokens <= (event.output_tokens ?? 0), {
    path: ['output_tokens'],
    error: 'holds the reasoning tokens too: it can not be less than reasoning_tokens',
  });

export type LlmEvent = z.infer<typeof llmEventSchema>;

export const eventSchema = z.discriminatedUnion('type', [queryEventSchema, cacheEventSchema, llmEventSchema]);
export type ApplicationEvent = z.infer<typeof eventSchema>;

/** Events in one request at most; more is a 413. */
export const maxEventsPerRequest = 10_000;

export interface EventsAnswer {
  /** Events that are counted now, repeated ones included: the same request always gets the same answer. */
  readonly accepted: number;
  readonly rejected: readonly { readonly index: number; readonly reason: string }[];
  /** Of the accepted, how many had been counted before by their id; absent when none. */
  readonly repeated?: number;
}
