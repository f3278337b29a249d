/** Own prices over the list that comes with the app, which loads with the first call that needs it. */
import type { ModelPrices, OwnPrice } from '../../contract/cost/prices.ts';
import type { PriceBasis, Tokens } from '../../contract/cost/usage.ts';
import { findModel, providerId } from './match-model.ts';
import { hasTiers, priceCall, ratesAt } from './price-call.ts';

export interface PriceList {
  /** ISO day of the list. */
  readonly date: string;
  readonly source: string;
  readonly providers: Readonly<Record<string, readonly ModelPrices[]>>;
}

/** The list of this version of the app; nothing is fetched. */
export async function loadPriceList(): Promise<PriceList> {
  const { default: list } = await import('./snapshot.json', { with: { type: 'json' } });
  return list as unknown as PriceList;
}

export interface Priced {
  readonly basis: Exclude<PriceBasis, 'reported' | 'none'>;
  readonly currency: string;
  readonly cost: number;
  /** True where the sum of many calls may have been dearer for some of them. */
  readonly hasTiers: boolean;
}

export interface Priceable {
  readonly at: number;
  readonly provider: string;
  readonly model: string;
  readonly tokens: Tokens;
  readonly calls: number;
  /** Tokens of many calls together. */
  readonly isSum?: true;
}

export class PriceBook {
  readonly #list: PriceList;
  readonly #own = new Map<string, (ModelPrices & { readonly currency: string })[]>();
  /** The same few models come again and again. */
  readonly #found = new Map<
    string,
    { readonly list?: ModelPrices; readonly own?: ModelPrices & { currency: string } }
  >();

  constructor(list: PriceList, own: readonly OwnPrice[]) {
    this.#list = list;
    for (const price of own) {
      const id = providerId(price.provider);
      const names = [price.model, ...price.names].map((name) => name.toLowerCase());
      this.#own.set(id, [...(this.#own.get(id) ?? []), { ...price, names }]);
    }
  }

  /** @returns undefined where there is no price of this very model: never 0, never a neighbour's */
  price({ at, provider, model, tokens, calls, isSum }: Priceable): Priced | undefined {
    const { own, list } = this.#find(provider, model);
    // Of many calls only the mean one's size is known; of an unknown number not even that.
    const size = isSum ? tokens.input / Math.max(calls, 1) : tokens.input;
    const callSize = isSum && calls === 0 ? 0 : size;
    const ownRates = own && ratesAt(own.prices, at);
    if (own !== undefined && ownRates !== undefined)
      return {
        basis: 'own',
        currency: own.currency,
        cost: priceCall(tokens, ownRates, calls, callSize),
        hasTiers: hasTiers(ownRates),
      };
    const rates = list && ratesAt(list.prices, at);
    if (rates === undefined) return undefined;
    return {
      basis: 'list',
      currency: 'USD',
      cost: priceCall(tokens, rates, calls, callSize),
      hasTiers: hasTiers(rates),
    };
  }

  #find(provider: string, model: string) {
    const key = `${provider}\n${model}`;
    let found = this.#found.get(key);
    if (found === undefined) {
      const id = providerId(provider);
      const own = findModel(this.#own.get(id) ?? [], model);
      const list = Object.hasOwn(this.#list.providers, id)
        ? findModel(this.#list.providers[id] ?? [], model)
        : undefined;
      found = { ...(own && { own }), ...(list && { list }) };
      if (this.#found.size > 5_000) this.#found.clear();
      this.#found.set(key, found);
    }
    return found;
  }
}
