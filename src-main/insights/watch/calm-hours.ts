/** How surprising the strongest minute of each earlier hour was: what a surprise is measured by. Pure; JSON. */
export interface CalmHours {
  /** Hours by the strongest rarity in them, in steps of a quarter. */
  readonly counts: number[];
  hourCount: number;
  strongest: number;
  minutesInHour: number;
}

const levels = 60;
const perLevel = 4;
/** Four weeks: beyond it old hours fade. */
const rememberedHours = 672;

export const createCalmHours = (): CalmHours => ({
  counts: new Array<number>(levels).fill(0),
  hourCount: 0,
  strongest: 0,
  minutesInHour: 0,
});

const levelOf = (rarity: number): number => Math.max(0, Math.min(levels - 1, Math.floor(rarity * perLevel)));

/** Share of earlier hours that held nothing so rare; 0 where none is known. */
export function confidenceOf({ counts, hourCount }: CalmHours, rarity: number): number {
  let reached = 0;
  for (let level = levelOf(rarity); level < levels; level++) reached += counts[level] as number;
  return Math.max(0, 1 - (reached + 1) / (hourCount + 1));
}

/** A minute has passed, or several that were read as one; sixty make an hour. */
export function learnMinutes(hours: CalmHours, rarity: number, minutes: number): void {
  hours.strongest = Math.max(hours.strongest, rarity);
  hours.minutesInHour += minutes;
  if (hours.minutesInHour < 60) return;
  const level = levelOf(hours.strongest);
  hours.counts[level] = (hours.counts[level] as number) + 1;
  hours.hourCount++;
  if (hours.hourCount > rememberedHours) {
    for (let index = 0; index < levels; index++) hours.counts[index] = (hours.counts[index] as number) / 2;
    hours.hourCount = hours.counts.reduce((sum, count) => sum + count, 0);
  }
  hours.strongest = 0;
  hours.minutesInHour = 0;
}
