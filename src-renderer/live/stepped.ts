/** What a slow source tells holds until its next value, or until that is overdue. Pure. */

type Values = readonly (number | null)[];

/** Ticks; a little more than the ten seconds of a slow source. */
const longestHold = 12;

export function stepped(values: Values): Values {
  if (!isSlow(values)) return values;
  let last: number | null = null;
  let age = 0;
  return values.map((value) => {
    if (value !== null) [last, age] = [value, 0];
    else age += 1;
    return age <= longestHold ? last : null;
  });
}

/**
 * One that has a value a second is not drawn on over what it lacks. Two values in a row of a slow one come with its
 * start.
 */
function isSlow(values: Values): boolean {
  const known = values.filter((value) => value !== null).length;
  const inARow = values.filter((value, index) => value !== null && (values[index + 1] ?? null) !== null).length;
  return inARow * 2 < known;
}
