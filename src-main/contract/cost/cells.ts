/** The ledger of AI calls: sums for each quarter of an hour, which every time zone's days are made of. */
import { z } from 'zod';
import type { PriceBasis } from './usage.ts';

export const cellMs = 900_000;

/** What tells one cell of a quarter of an hour from another. */
export interface CellKey {
  /** Start of the quarter, ms since the epoch. */
  readonly at: number;
  readonly provider: string;
  readonly model: string;
  readonly service: string;
  /** Empty where nothing has a price. */
  readonly currency: string;
  readonly basis: PriceBasis;
}

/**
 * Sums of money are two numbers, the sum and what rounding left of it, so that a month of fractions of a cent stays
 * exact.
 */
export const cellSums = [
  'calls',
  'failed',
  /** Answers of the application's own cache; those whose saved price was reported, and the sum of it. */
  'hits',
  'savedHits',
  'saved',
  'savedLow',
  'input',
  'cacheRead',
  'cacheWrite',
  'output',
  'reasoning',
  'cost',
  'costLow',
  /**
   * Of the cost, what rests on summed-up reports: an upper bound where cached input is not told apart, else the price
   * of the mean call.
   */
  'inexact',
] as const;
export type CellSums = Record<(typeof cellSums)[number], number>;
export type CostCell = CellKey & Readonly<CellSums>;

const sum = z.number();
/** A cell as it travels in an export, with the ledger that it comes from. */
export const exportedCellSchema = z.object({
  origin: z.string().min(1).max(60),
  at: z.number().int().min(0).max(8.64e15),
  provider: z.string().max(100),
  model: z.string().max(200),
  service: z.string().max(200),
  currency: z.string().regex(/^([A-Z]{3})?$/),
  basis: z.enum(['reported', 'own', 'list', 'none']),
  ...(Object.fromEntries(cellSums.map((name) => [name, sum])) as Record<keyof CellSums, typeof sum>),
});
export type ExportedCell = z.infer<typeof exportedCellSchema>;

export const noSums = (): CellSums => Object.fromEntries(cellSums.map((name) => [name, 0])) as CellSums;

/** Adds without losing what a plain sum rounds away (two-sum of Knuth). @returns sum and rest */
export function addExactly(high: number, low: number, value: number): [number, number] {
  const sum = high + value;
  const part = sum - high;
  const lost = high - (sum - part) + (value - part);
  return [sum, low + lost];
}

/** Adds `more` to `into`. */
export function addSums(into: CellSums, more: CellSums): void {
  for (const name of cellSums)
    if (name !== 'cost' && name !== 'costLow' && name !== 'saved' && name !== 'savedLow') into[name] += more[name];
  [into.cost, into.costLow] = addExactly(into.cost, into.costLow + more.costLow, more.cost);
  [into.saved, into.savedLow] = addExactly(into.saved, into.savedLow + more.savedLow, more.saved);
}

export const keyOf = ({ at, provider, model, service, currency, basis }: CellKey): string =>
  JSON.stringify([at, provider, model, service, currency, basis]);
