/** What every procedure may answer besides its result. */
import { oc } from '@orpc/contract';
import { z } from 'zod';

/** FAILED carries a Failure (`outcome.ts`); a refused input is BAD_REQUEST with zod's issues, from oRPC itself. */
export const base = oc.errors({
  FAILED: {
    status: 422,
    data: z.object({
      kind: z.string(),
      message: z.string(),
      next: z.string(),
      values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    }),
  },
});
