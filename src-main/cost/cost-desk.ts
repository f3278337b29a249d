/**
 * Everything about cost in one place: counting, prices, the analysis, CSV. Needs the store's records and nothing of the
 * others.
 */
import type { CostAnalysis, CostMonths } from '../contract/cost/analysis.ts';
import type { CostRecords } from '../contract/cost/records.ts';
import type { UsageSink } from '../contract/cost/usage.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { CostSettings } from '../contract/settings/cost.ts';
import type { Clock } from '../platform/clock.ts';
import type { Source } from '../sampling/source.ts';
import { analyzeCosts, daysOf, rateOf, shownCurrency } from './analysis/analyze.ts';
import { dateText, monthStart } from './analysis/calendar.ts';
import { costCsv } from './analysis/cost-csv.ts';
import { analysisEdges } from './analysis/forecast.ts';
import { sumUp } from './analysis/sum-up.ts';
import { createCostSource } from './cost-source.ts';
import { createLedger } from './ledger/ledger.ts';
import { createOwnPrices } from './prices/own-prices.ts';
import { loadPriceList, PriceBook, type PriceList } from './prices/price-book.ts';

export interface CostDesk {
  readonly usage: UsageSink;
  readonly source: Source;
  analysis(): Promise<CostAnalysis>;
  /** Whole months back from this one, the oldest first. */
  months(count: number): Promise<CostMonths>;
  /** A line for each day, model, service and currency. */
  csv(range: { readonly from: number; readonly until: number }): Promise<string>;
  importPrices(text: string): Promise<Outcome<number>>;
  /** What the user's `prices.json` holds, as text to change and import again. */
  exportPrices(): Promise<string>;
  /** What a run before has left. @returns hashes of ids that were counted, and states of others */
  start(): Promise<{ readonly ids: readonly number[]; readonly states: ReadonlyMap<string, unknown> }>;
  /** Writes what waits. */
  close(): Promise<void>;
}

export interface CostDeskDeps {
  readonly clock: Clock;
  readonly records: CostRecords;
  readonly settings: () => CostSettings;
  readonly pricesPath: string;
  readonly onProblem: (reason: string) => void;
}

const latchKey = 'budget-at-risk';
/** An analysis is told anew this often at most while nothing is counted: the clock alone moves the forecast. */
const freshMs = 30_000;

export function createCostDesk(deps: CostDeskDeps): CostDesk {
  const { clock, records, settings } = deps;
  const own = createOwnPrices(deps.pricesPath, deps.onProblem);
  let list: Promise<PriceList> | undefined;
  let book: PriceBook | undefined;
  let bookOf: unknown;
  let cached: { readonly key: string; readonly at: number; readonly value: Promise<CostAnalysis> } | undefined;
  const latched = new Map<string, string>();

  async function prices(): Promise<PriceBook> {
    list ??= loadPriceList();
    const [theirs, ours] = [await list, await own.read()];
    if (book === undefined || bookOf !== ours) {
      book = new PriceBook(theirs, ours);
      bookOf = ours;
    }
    return book;
  }

  const ledger = createLedger({
    records,
    prices,
    now: () => clock.now(),
    currency: () => (settings().currency === 'auto' ? 'USD' : settings().currency),
    onCounted: (cell) => counted.onCounted(cell),
  });

  async function makeAnalysis(now: number): Promise<CostAnalysis> {
    const answer = await records.read({ edges: analysisEdges(now) });
    list ??= loadPriceList();
    const { date, source } = await list;
    const ownModels = (await own.read()).length;
    return analyzeCosts({
      now,
      answer,
      settings: settings(),
      prices: { date, source, ownModels, problem: own.problem },
    });
  }

  function analysis(): Promise<CostAnalysis> {
    const now = clock.now();
    const key = JSON.stringify([ledger.revision, settings(), dateText(now)]);
    if (cached === undefined || cached.key !== key || Math.abs(now - cached.at) > freshMs) {
      const value = makeAnalysis(now);
      cached = { key, at: now, value };
      value.catch(() => {
        cached = undefined;
      });
    }
    return cached.value;
  }

  let isAnythingKnown = false;
  async function hasAnything(): Promise<boolean> {
    isAnythingKnown ||= ledger.revision > 0 || (await records.read({ edges: [] })).firstAt !== null;
    return isAnythingKnown;
  }

  const counted = createCostSource(async () => ((await hasAnything()) ? await analysis() : undefined), {
    months: latched,
    set(budget, month) {
      latched.set(budget, month);
      ledger.add([], [], [[latchKey, [...latched]]]);
      ledger.flush().catch(() => {});
    },
  });

  return {
    usage: ledger,
    source: counted.source,
    analysis,
    async months(count) {
      const now = clock.now();
      const edges = Array.from({ length: count + 1 }, (_, index) => monthStart(now, index - count + 1));
      const { spans } = await records.read({ edges });
      const current = settings();
      const currency = shownCurrency(sumUp(spans.at(-1)?.cells ?? []), current);
      return { currency, months: daysOf(spans, now, currency, rateOf(current)) };
    },
    csv: (range) => costCsv(records, range),
    importPrices: (text) => own.replace(text),
    async exportPrices() {
      return `${JSON.stringify({ version: 1, prices: await own.read() }, null, 1)}\n`;
    },
    async start() {
      const { ids, states } = await records.load();
      const byKey = new Map(states);
      for (const [budget, month] of (byKey.get(latchKey) ?? []) as [string, string][]) latched.set(budget, month);
      return { ids, states: byKey };
    },
    close: () => ledger.flush().catch(() => {}),
  };
}
