/**
 * Binary search. `isBefore` is true for the first indexes of 0 … `length` − 1 and false for the rest; the result is the
 * first for which it is false, `length` where there is none.
 */
export function partitionPoint(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
