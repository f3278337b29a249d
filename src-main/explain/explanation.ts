import type { Busiest } from '../contract/explanation/explanation.ts';
import type { Cause } from './cause.ts';

/** Why it is slow, or who is busiest where nothing is. */
export interface Explanation {
  /** Best first; empty where nothing is wrong. */
  readonly causes: readonly Cause[];
  /** Who used most CPU in the last seconds, wrong or not; null without a process table. */
  readonly busiest: Busiest | null;
  readonly cores: number | null;
}
