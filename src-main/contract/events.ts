/** What applications report, one event or many, and what they are answered. */
import { z } from 'zod';

/** A day: whatever lasted longer was not a query. */
const seconds = z.number().min(0).max(86_400);
const shared = {
  /** A repeated id is counted once, so that a client may send again after a lost answer. */
  id: z.string().min(1).max(200).optional(),
  /** When it happened, ISO 8601 or ms since the epoch. Checked, not used: an event counts when it arrives. */
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

export const eventSchema = z.discriminatedUnion('type', [queryEventSchema, cacheEventSchema]);
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
