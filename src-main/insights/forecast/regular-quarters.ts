/**
 * The last stretch of a series at even quarters of an hour: short gaps are bridged in a straight line, a long one ends
 * it. Pure.
 */
const quarterMs = 900_000;
const longestGap = 8;

/** @returns the values, oldest first, and the time that follows the last */
export function regularQuarters(
  columns: { readonly at: ArrayLike<number>; readonly average: ArrayLike<number>; readonly last: ArrayLike<number> },
  isCounter: boolean,
  stepMs: number,
): { readonly end: number; readonly values: readonly number[] } {
  const { at, average, last } = columns;
  const values: number[] = [];
  let end = 0;
  const push = (time: number, value: number): void => {
    const missed = Math.round((time - end) / quarterMs);
    if (values.length > 0 && missed > longestGap) values.length = 0;
    else if (values.length > 0) {
      const before = values.at(-1) as number;
      for (let gap = 1; gap <= missed; gap++) values.push(before + ((value - before) * gap) / (missed + 1));
    }
    values.push(value);
    end = time + quarterMs;
  };
  // Columns of another width (a short history is read by the second) are gathered into quarters.
  let [quarter, sum, count] = [Number.NaN, 0, 0];
  for (let index = 0; index < at.length; index++) {
    const time = at[index] as number;
    const own = Math.floor(time / quarterMs) * quarterMs;
    const value = isCounter ? growth(last, at, index) : (average[index] as number);
    if (value === null) continue;
    if (own !== quarter && count > 0) {
      push(quarter, sum / count);
      [sum, count] = [0, 0];
    }
    quarter = own;
    sum += value;
    count++;
  }
  // The quarter that still goes on is no whole one.
  const isWhole = at.length > 0 && (at[at.length - 1] as number) + stepMs >= quarter + quarterMs;
  if (count > 0 && isWhole) push(quarter, sum / count);
  return { end, values };
}

function growth(last: ArrayLike<number>, at: ArrayLike<number>, index: number): number | null {
  if (index === 0) return null;
  const grown = (last[index] as number) - (last[index - 1] as number);
  const seconds = ((at[index] as number) - (at[index - 1] as number)) / 1_000;
  return grown < 0 || seconds <= 0 ? null : grown / seconds;
}
