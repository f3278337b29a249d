/** How rare a surprise is among the series' own earlier ones: an exponential tail above a tracked 98 % quantile. */
export interface Tail {
  count: number;
  quantile: number;
  excess: number;
  scale: number;
}

const tailShare = 0.02;
const settleCount = 50;

export function createTail(): Tail {
  return { count: 0, quantile: 0, excess: 0, scale: 0 };
}

/** The decimal places of the tail probability (2 = one in a hundred); learns the surprise afterwards, clipped. */
export function judgeRarity(tail: Tail, surprise: number): number {
  const { quantile, excess, count } = tail;
  const floor = Math.max(tail.scale * 0.05, 1e-9);
  const top = -Math.log10(tailShare);
  const rarity =
    count < settleCount
      ? 0
      : surprise <= quantile
        ? (top * surprise) / Math.max(quantile, floor)
        : top + (surprise - quantile) / Math.max(excess, floor) / Math.LN10;
  const rate = Math.max(1 / (count + 1), 1 / 1_000);
  const clipped = count < settleCount ? surprise : Math.min(surprise, quantile + 8 * Math.max(excess, floor));
  tail.scale += rate * (clipped - tail.scale);
  const step = tail.scale * Math.max(0.02, 2 / (count + 2));
  const isAbove = clipped > quantile;
  tail.quantile = Math.max(0, quantile + step * (isAbove ? 1 - tailShare : -tailShare));
  if (count < settleCount) tail.quantile = Math.max(tail.quantile, clipped * 0.9);
  if (isAbove) tail.excess += Math.max(0.05, 1 / (count * tailShare + 1)) * (clipped - quantile - excess);
  tail.count = count + 1;
  return Number.isFinite(rarity) ? rarity : 0;
}
