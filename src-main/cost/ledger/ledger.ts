/**
 * Prices what was used and hands it to the store, some milliseconds of reports at a time. While the store can't write,
 * sums wait here: as many as there are models, not as there are calls.
 */
import {
  addSums,
  type CellKey,
  type CellSums,
  type CostCell,
  cellMs,
  keyOf,
  noSums,
} from '../../contract/cost/cells.ts';
import type { CostRecords } from '../../contract/cost/records.ts';
import type { Usage, UsageSink } from '../../contract/cost/usage.ts';
import type { PriceBook } from '../prices/price-book.ts';

/** Providers, models and services together that are told apart; what is beyond is refused, never counted as another. */
const mostCombinations = 2_000;
/** Ids that wait for a store that can't write; beyond, the oldest would be counted twice after a restart. */
const mostWaitingIds = 131_072;

export interface LedgerDeps {
  readonly records: Pick<CostRecords, 'write'>;
  readonly prices: () => Promise<PriceBook>;
  readonly now: () => number;
  /** What a cost without a currency is in. */
  readonly currency: () => string;
  readonly onCounted?: (cell: CostCell) => void;
}

export interface Ledger extends UsageSink {
  /** Grows with what is written. */
  readonly revision: number;
}

export function createLedger(deps: LedgerDeps): Ledger {
  const combinations = new Set<string>();
  let pending: Usage[] = [];
  let ids: number[] = [];
  let states = new Map<string, unknown>();
  let waiting = new Map<string, CellKey & CellSums>();
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let revision = 0;

  async function writeOnce(): Promise<void> {
    const usages = pending;
    pending = [];
    if (usages.length > 0) {
      const book = await deps.prices();
      for (const usage of usages) {
        const cell = priced(usage, book, deps.currency());
        deps.onCounted?.(cell);
        join(waiting, cell);
      }
    }
    if (waiting.size === 0 && ids.length === 0 && states.size === 0) return;
    const taken = { cells: waiting, ids, states };
    [waiting, ids, states] = [new Map(), [], new Map()];
    try {
      await deps.records.write({
        cells: [...taken.cells.values()],
        ids: taken.ids,
        states: [...taken.states],
        at: deps.now(),
      });
      revision += 1;
    } catch (error) {
      for (const cell of waiting.values()) join(taken.cells, cell);
      waiting = taken.cells;
      ids = [...taken.ids, ...ids].slice(-mostWaitingIds);
      states = new Map([...taken.states, ...states]);
      throw error;
    }
  }

  return {
    hasRoomFor({ provider, model, service }) {
      const key = `${provider}\n${model}\n${service}`;
      if (combinations.has(key)) return true;
      if (combinations.size >= mostCombinations) return false;
      combinations.add(key);
      return true;
    },
    add(usages, newIds = [], newStates = []) {
      pending.push(...usages);
      for (const id of newIds) ids.push(id);
      for (const [key, value] of newStates) states.set(key, value);
    },
    flush() {
      // Whoever comes while one write runs shares the next.
      next ??= writing
        .catch(() => {})
        .then(() => {
          next = undefined;
          writing = writeOnce();
          return writing;
        });
      return next;
    },
    get revision() {
      return revision;
    },
  };
}

function join(cells: Map<string, CellKey & CellSums>, more: CostCell): void {
  const key = keyOf(more);
  const there = cells.get(key);
  if (there === undefined) cells.set(key, { ...more });
  else addSums(there, more);
}

/** A reported cost goes before the user's price, that before the list; pure. */
function priced(usage: Usage, book: PriceBook, currency: string): CostCell {
  const { tokens, calls, failed, hits, cost } = usage;
  const key = {
    at: Math.floor(usage.at / cellMs) * cellMs,
    provider: usage.provider,
    model: usage.model,
    service: usage.service,
  };
  const sums: CellSums = { ...noSums(), ...tokens, calls, failed, hits };
  if (cost !== undefined) {
    const reported = { ...key, currency: usage.currency ?? currency, basis: 'reported' as const, ...sums };
    return hits > 0 ? { ...reported, savedHits: hits, saved: cost } : { ...reported, cost };
  }
  if (hits > 0 || usage.isCostElsewhere)
    return { ...key, currency: '', basis: hits > 0 ? 'none' : 'reported', ...sums };
  const price = usage.isUncounted ? undefined : book.price(usage);
  if (price === undefined) return { ...key, currency: '', basis: 'none', ...sums };
  const isInexact = usage.isCacheUnknown || (usage.isSum && price.hasTiers);
  return {
    ...key,
    currency: price.currency,
    basis: price.basis,
    ...sums,
    cost: price.cost,
    inexact: isInexact ? price.cost : 0,
  };
}
