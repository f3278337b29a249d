/** What every procedure may answer besides its result. */
import { oc } from '@orpc/contract';
import { z } from 'zod';

const values = z.record(z.string(), z.union([z.string(), z.number()]));

/** FAILED carries a Failure (`outcome.ts`); a refused input is BAD_REQUEST with zod's issues, from oRPC itself. */
export const base = oc.errors({
  FAILED: {
    status: 422,
    data: z.object({
      kind: z.string(),
      code: z.string().optional(),
      message: z.string(),
      next: z.string(),
      values: values.optional(),
      cause: z.object({ code: z.string(), message: z.string(), values: values.optional() }).optional(),
    }),
  },
});
