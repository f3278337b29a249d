/** What was used, as cost is reckoned from it, whoever reported it. */

export interface Tokens {
  /** Cached ones included. */
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** Reasoning included. */
  readonly output: number;
  readonly reasoning: number;
}

export interface Usage {
  /** When, ms since the epoch. */
  readonly at: number;
  /** Empty where nobody said. */
  readonly provider: string;
  readonly model: string;
  readonly service: string;
  readonly tokens: Tokens;
  /** Calls that were made; of what is summed up before it comes to us it may be 0 where that is not known. */
  readonly calls: number;
  readonly failed: number;
  /** Answers of the application's own cache: calls that were not made. */
  readonly hits: number;
  /** As reported; of a hit, what the call would have cost. */
  readonly cost?: number;
  readonly currency?: string;
  /** Tokens of many calls: which of them reached a long-context price is not known. */
  readonly isSum?: true;
  /** How much of the input came from a cache was not told. */
  readonly isCacheUnknown?: true;
  /** Nobody said how many tokens: their price is not known either. */
  readonly isUncounted?: true;
  /** Its cost is reported elsewhere: tokens only. */
  readonly isCostElsewhere?: true;
}
/** Where a price came from: reported, the user's `prices.json`, the list that comes with the app; or there is none. */
export type PriceBasis = 'reported' | 'own' | 'list' | 'none';

/** The ledger, as those see it who report. */
export interface UsageSink {
  /** @returns false where there is no room for another provider, model or service */
  hasRoomFor(usage: Pick<Usage, 'provider' | 'model' | 'service'>): boolean;
  /** Counts once; repeats are the caller's to find. `ids` and `states` are stored in the same transaction. */
  add(usages: readonly Usage[], ids?: readonly number[], states?: readonly (readonly [string, unknown])[]): void;
  /** Resolves when what was added before is in the store; rejects where it could not be written and waits. */
  flush(): Promise<void>;
}
