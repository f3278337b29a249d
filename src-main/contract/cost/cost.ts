/** Cost of calls of language models: the procedures of the screen Cost. */
import { type } from '@orpc/contract';
import { z } from 'zod';
import { base } from '../base.ts';
import type { CostAnalysis, CostMonths } from './analysis.ts';

const time = z.number().int().min(0).max(8.64e15);

export const costContract = {
  cost: {
    analysis: base.output(type<CostAnalysis>()),
    /** Whole months back from this one, the oldest first. */
    months: base.input(z.object({ count: z.number().int().min(1).max(36).default(12) })).output(type<CostMonths>()),
    /** A line for each day, model, service and currency. */
    csv: base.input(z.object({ from: time, until: time })).output(type<{ readonly text: string }>()),
    /** Replaces `prices.json` as a whole, or nothing of it; counted from now on, what was counted stays. */
    importPrices: base.input(z.object({ text: z.string().max(2_000_000) })).output(type<{ readonly models: number }>()),
    exportPrices: base.output(type<{ readonly text: string }>()),
  },
};
