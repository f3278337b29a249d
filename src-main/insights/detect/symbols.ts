/** An order of values that was not seen before: each point as one of five symbols, two symbols foretell the next. */
import type { SeriesLevel } from './series-level.ts';

export interface Symbols {
  readonly counts: number[];
  readonly last: [number, number];
  recent: number;
}

const symbolCount = 5;

export function createSymbols(): Symbols {
  return { counts: new Array<number>(symbolCount ** 3).fill(0), last: [2, 2], recent: 0 };
}

export function surpriseOfSymbols(state: SeriesLevel & { readonly symbols: Symbols }, value: number): number {
  const { symbols, level, spread } = state;
  const away = (value - level) / Math.max(spread, 1e-9);
  const symbol = away < -1.5 ? 0 : away < -0.5 ? 1 : away <= 0.5 ? 2 : away <= 1.5 ? 3 : 4;
  const context = (symbols.last[0] * symbolCount + symbols.last[1]) * symbolCount;
  let total = 0;
  for (let next = 0; next < symbolCount; next++) total += symbols.counts[context + next] as number;
  const seen = symbols.counts[context + symbol] as number;
  const surprise = -Math.log((seen + 0.5) / (total + 0.5 * symbolCount));
  symbols.counts[context + symbol] = seen + 1;
  symbols.last[0] = symbols.last[1];
  symbols.last[1] = symbol;
  symbols.recent += 0.2 * (surprise - symbols.recent);
  return symbols.recent;
}
