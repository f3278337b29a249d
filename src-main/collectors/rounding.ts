/** Rounds to what the measurement can tell; fewer digits also compress better in the store. */
export const rounded = (value: number, digits: number): number => {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
};
