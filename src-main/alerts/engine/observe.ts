/** What a value means for one level of a rule. Pure. */

/** `between` lies inside the hysteresis: beyond the recovery threshold, not beyond the threshold. */
export type Observation = 'breached' | 'between' | 'cleared' | 'no-data';

export interface LevelBounds {
  readonly direction: 'above' | 'below';
  readonly threshold: number;
  readonly recoveryThreshold: number;
}

/** NaN is no data. */
export function observe(value: number, { direction, threshold, recoveryThreshold }: LevelBounds): Observation {
  if (Number.isNaN(value)) return 'no-data';
  if (direction === 'above') return value > threshold ? 'breached' : value > recoveryThreshold ? 'between' : 'cleared';
  return value < threshold ? 'breached' : value < recoveryThreshold ? 'between' : 'cleared';
}
