/** What a value means for one level of a rule. Pure. */

/** `between` lies inside the hysteresis: beyond the leave level, not beyond the enter level. */
export type Observation = 'breached' | 'between' | 'cleared' | 'no-data';

export interface LevelBounds {
  readonly direction: 'above' | 'below';
  readonly enter: number;
  readonly leave: number;
}

/** NaN is no data. */
export function observe(value: number, { direction, enter, leave }: LevelBounds): Observation {
  if (Number.isNaN(value)) return 'no-data';
  if (direction === 'above') return value > enter ? 'breached' : value > leave ? 'between' : 'cleared';
  return value < enter ? 'breached' : value < leave ? 'between' : 'cleared';
}
