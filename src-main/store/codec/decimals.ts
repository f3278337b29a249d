/**
 * Doubles that are short decimals, as what people measure mostly is, seen as whole numbers: 12.34 is 1234 with scale 2.
 * Lossless by proof: a number takes part only if dividing back gives the very same double.
 */
const maxScale = 12;
/** Differences of differences stay below 2^52, where doubles hold every whole number and its zigzag twin. */
const maxWhole = 2 ** 49;

export const powersOfTen: Float64Array = Float64Array.from({ length: maxScale + 1 }, (_, scale) => 10 ** scale);

/**
 * The smallest scale at or above `atLeast` at which the value is whole; -1 where there is none (also for NaN,
 * infinities and -0).
 */
export function scaleOf(value: number, atLeast = 0): number {
  for (let scale = atLeast; scale <= maxScale; scale += 1) {
    const power = powersOfTen[scale] as number;
    const whole = Math.round(value * power);
    if (!(Math.abs(whole) < maxWhole)) return -1;
    if (whole / power === value) return whole === 0 && Object.is(value, -0) ? -1 : scale;
  }
  return -1;
}

/** One scale for all, with the whole numbers; undefined where there is none. */
export function toWholes(values: Float64Array): { readonly scale: number; readonly wholes: Float64Array } | undefined {
  let scale = 0;
  for (let index = 0; index < values.length; index += 1) {
    scale = scaleOf(values[index] as number, scale);
    if (scale === -1) return undefined;
  }
  const power = powersOfTen[scale] as number;
  const wholes = new Float64Array(values.length);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    const whole = Math.round(value * power);
    // An earlier value may outgrow the range at the scale that a later one needs.
    if (!(Math.abs(whole) < maxWhole) || whole / power !== value) return undefined;
    // Rounding a small negative number gives -0, which only zero itself may not be.
    wholes[index] = whole + 0;
  }
  return { scale, wholes };
}
