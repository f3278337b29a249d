/** Cells of the ledger summed up by whatever one asks for, money by currency. Pure. */
import { addExactly, addSums, type CellSums, type CostCell, noSums } from '../../contract/cost/cells.ts';
import type { PriceBasis } from '../../contract/cost/usage.ts';

/** Exact sums by currency. */
export class Money {
  readonly #sums = new Map<string, [number, number]>();

  add(currency: string, value: number, low = 0): void {
    const [sum, rest] = this.#sums.get(currency) ?? [0, 0];
    const [next, left] = addExactly(sum, rest + low, value);
    this.#sums.set(currency, [next, left]);
  }

  get isEmpty(): boolean {
    return this.#sums.size === 0;
  }

  get currencies(): readonly string[] {
    return [...this.#sums.keys()];
  }

  of(currency: string): number | undefined {
    const found = this.#sums.get(currency);
    return found === undefined ? undefined : found[0] + found[1];
  }

  toRecord(): Record<string, number> {
    return Object.fromEntries([...this.currencies].sort().map((currency) => [currency, this.of(currency) ?? 0]));
  }

  /** In one currency, with what has a rate converted into it; undefined where there is nothing of it. */
  in(currency: string, rate: (from: string) => number | undefined): number | undefined {
    let total: [number, number] | undefined;
    for (const from of this.currencies) {
      const factor = from === currency ? 1 : rate(from);
      if (factor === undefined) continue;
      const [sum, rest] = total ?? [0, 0];
      total = addExactly(sum, rest, (this.of(from) ?? 0) * factor);
    }
    return total === undefined ? undefined : total[0] + total[1];
  }
}

export interface Summary {
  readonly sums: CellSums;
  readonly costs: Money;
  readonly saved: Money;
  /** Calls whose cost is known. */
  pricedCalls: number;
  unpricedCalls: number;
  readonly bases: Set<PriceBasis>;
}

const newSummary = (): Summary => ({
  sums: noSums(),
  costs: new Money(),
  saved: new Money(),
  pricedCalls: 0,
  unpricedCalls: 0,
  bases: new Set(),
});

function addCell(into: Summary, cell: CostCell): void {
  addSums(into.sums, cell);
  // Tokens whose cost is reported beside them are in a cell without a currency.
  if (cell.currency !== '' && (cell.calls > 0 || cell.cost > 0 || cell.savedHits === 0))
    into.costs.add(cell.currency, cell.cost, cell.costLow);
  if (cell.savedHits > 0) into.saved.add(cell.currency, cell.saved, cell.savedLow);
  if (cell.basis === 'none') into.unpricedCalls += cell.calls;
  else into.pricedCalls += cell.calls;
  if (cell.calls > 0 || cell.input + cell.output > 0 || cell.cost > 0) into.bases.add(cell.basis);
}

export function sumUp(cells: Iterable<CostCell>): Summary {
  const summary = newSummary();
  for (const cell of cells) addCell(summary, cell);
  return summary;
}

/** One summary for each name, in the order of first sight. */
export function groupBy(cells: Iterable<CostCell>, nameOf: (cell: CostCell) => string): Map<string, Summary> {
  const groups = new Map<string, Summary>();
  for (const cell of cells) {
    const name = nameOf(cell);
    const group = groups.get(name) ?? newSummary();
    groups.set(name, group);
    addCell(group, cell);
  }
  return groups;
}
