/** Stretches of one series put together: in order of time, each moment once. Pure. */
import { partitionPoint } from '../../contract/shared/partition-point.ts';

/** Parallel arrays, `at` growing. */
export interface Piece {
  readonly at: Float64Array;
  readonly columns: readonly Float64Array[];
}

/** @param pieces the later in the list, the stronger where two have the same moment */
export function mergePieces(pieces: readonly Piece[]): Piece {
  const [first, ...others] = pieces.filter(({ at }) => at.length > 0);
  if (first === undefined)
    return { at: new Float64Array(0), columns: pieces[0]?.columns.map(() => new Float64Array(0)) ?? [] };
  if (others.length === 0) return first;
  const byTime = [first, ...others].sort((a, b) => (a.at[0] as number) - (b.at[0] as number));
  const isInOrder = byTime.every(
    (piece, index) => index === 0 || lastOf(byTime[index - 1] as Piece) < (piece.at[0] as number),
  );
  return isInOrder ? concatenate(byTime) : [first, ...others].reduce(interleave);
}

/** The samples from `from` on and before `until`. */
export function cut({ at, columns }: Piece, from: number, until: number): Piece {
  const [begin, end] = [lowerBound(at, from), lowerBound(at, until)];
  if (begin === 0 && end === at.length) return { at, columns };
  return { at: at.subarray(begin, end), columns: columns.map((column) => column.subarray(begin, end)) };
}

/** Index of the first time that is not before `time`. */
const lowerBound = (at: Float64Array, time: number): number =>
  partitionPoint(at.length, (index) => (at[index] as number) < time);

const lastOf = ({ at }: Piece): number => at[at.length - 1] as number;

function concatenate(pieces: readonly Piece[]): Piece {
  const length = pieces.reduce((sum, { at }) => sum + at.length, 0);
  const join = (parts: readonly Float64Array[]): Float64Array => {
    const whole = new Float64Array(length);
    let place = 0;
    for (const part of parts) {
      whole.set(part, place);
      place += part.length;
    }
    return whole;
  };
  return {
    at: join(pieces.map(({ at }) => at)),
    columns: (pieces[0] as Piece).columns.map((_, column) =>
      join(pieces.map(({ columns }) => columns[column] as Float64Array)),
    ),
  };
}

function interleave(weak: Piece, strong: Piece): Piece {
  const order: (readonly [piece: Piece, index: number])[] = [];
  let [w, s] = [0, 0];
  while (w < weak.at.length || s < strong.at.length) {
    const [weakAt, strongAt] = [weak.at[w] ?? Number.POSITIVE_INFINITY, strong.at[s] ?? Number.POSITIVE_INFINITY];
    if (weakAt === strongAt) w += 1;
    if (weakAt < strongAt) order.push([weak, w++]);
    else order.push([strong, s++]);
  }
  return {
    at: Float64Array.from(order, ([piece, index]) => piece.at[index] as number),
    columns: weak.columns.map((_, column) =>
      Float64Array.from(order, ([piece, index]) => (piece.columns[column] as Float64Array)[index] as number),
    ),
  };
}
