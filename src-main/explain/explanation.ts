import type { Cause } from './cause.ts';
import type { Culprit } from './who/blame.ts';

/** Why it is slow, or who is busiest where nothing is. */
export interface Explanation {
  /** Best first; empty where nothing is wrong. */
  readonly causes: readonly Cause[];
  /** Who used most CPU in the last seconds, wrong or not; undefined without a process table. */
  readonly busiest: Culprit | undefined;
  readonly cores: number | null;
}
