/** Where samples come from: state, interval and cost of each source. */
import { type } from '@orpc/contract';
import { z } from 'zod';
import { base } from './base.ts';
import type { SourceStatus } from './live.ts';

export const sourcesContract = {
  sources: {
    list: base.output(type<readonly SourceStatus[]>()),
    /** Collects at the next tick, whatever the interval. */
    refresh: base.input(z.object({ id: z.string().max(200) })).output(type<Record<string, never>>()),
  },
};
