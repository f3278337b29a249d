/** The process table: names and figures, never command lines. */
import { type } from '@orpc/contract';
import { base } from './base.ts';
import type { ProcessTable } from './live.ts';

export const processesContract = {
  processes: {
    /** null before the first collection of the process source. */
    table: base.output(type<ProcessTable | null>()),
  },
};
