/**
 * One application may report the same calls in several ways: metrics of both generations, spans, durations. Each
 * quantity counts by the way that knows most of it, so that nothing is counted twice and nothing that one way leaves
 * out is lost.
 */
import { z } from 'zod';
import { RecentMap } from './bounded.ts';

const quantities = ['input', 'cacheRead', 'cacheWrite', 'output', 'reasoning', 'calls', 'failed', 'cost'] as const;
type Quantity = (typeof quantities)[number];
export type Amounts = Partial<Record<Quantity, number>>;
export type Way = 'tokens' | 'usage' | 'duration' | 'spans';

/** Reporters: a service's process with a provider and a model. */
const mostReporters = 4_000;
const amountsSchema = z.partialRecord(z.enum(quantities), z.number());
const waysSchema = z.partialRecord(z.enum(['tokens', 'usage', 'duration', 'spans']), amountsSchema);
type Ways = Partial<Record<Way, Amounts>>;

const wayPrefix = 'otlp-ways:';

export class MergedWays {
  readonly #reporters: RecentMap<Ways>;
  readonly #changed = new Map<string, Ways | null>();

  constructor() {
    this.#reporters = new RecentMap(mostReporters, (key) => void this.#changed.set(key, null));
  }

  restore(states: ReadonlyMap<string, unknown>): void {
    for (const [key, value] of states) {
      const parsed = key.startsWith(wayPrefix) ? waysSchema.safeParse(value) : undefined;
      if (parsed?.success) this.#reporters.set(key.slice(wayPrefix.length), parsed.data as Ways);
    }
    this.#changed.clear();
  }

  /** @returns what of it was not counted by another way already */
  add(reporter: string, way: Way, amounts: Amounts): Amounts {
    const before = this.#reporters.get(reporter) ?? {};
    const mine = before[way] ?? {};
    const others = Object.entries(before).filter(([name]) => name !== way);
    const next: Amounts = { ...mine };
    const news: Amounts = {};
    for (const [name, amount] of Object.entries(amounts) as [Quantity, number][]) {
      const known = others.reduce((most, [, other]) => Math.max(most, other?.[name] ?? 0), 0);
      const was = mine[name] ?? 0;
      const is = was + amount;
      next[name] = is;
      const fresh = Math.max(known, is) - Math.max(known, was);
      if (fresh > 0) news[name] = fresh;
    }
    const ways = { ...before, [way]: next };
    this.#reporters.set(reporter, ways);
    this.#changed.set(reporter, ways);
    return news;
  }

  /** Whether the reporter tells what its calls cost. */
  hasCost(reporter: string): boolean {
    return Object.values(this.#reporters.get(reporter) ?? {}).some((amounts) => (amounts?.cost ?? 0) > 0);
  }

  takeStates(): [string, unknown][] {
    const states = [...this.#changed].map(([key, value]): [string, unknown] => [`${wayPrefix}${key}`, value]);
    this.#changed.clear();
    return states;
  }
}
