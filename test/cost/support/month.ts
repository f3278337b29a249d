/**
 * Ten thousand calls with the sums that a person would reckon: prices typed in from the providers' pages, all in whole
 * numbers, so that no rounding of ours can hide in them.
 */

/** Ten billionths of a unit of money. */
type Exact = bigint;
const unit = 10_000_000_000n;

interface Priced {
  readonly provider: string;
  readonly model: string;
  readonly currency: string;
  /**
   * Ten-thousandths for a million tokens: input, cache read, cache write, output; and above so many tokens of input.
   */
  readonly rates: readonly [number, number, number, number];
  readonly long?: { readonly above: number; readonly rates: readonly [number, number, number, number] };
}

const sonnet = {
  provider: 'anthropic',
  currency: 'USD',
  rates: [30_000, 3_000, 37_500, 150_000],
  long: { above: 200_000, rates: [60_000, 6_000, 75_000, 225_000] },
} as const;
const models: readonly Priced[] = [
  { ...sonnet, model: 'claude-sonnet-4-5' },
  { ...sonnet, model: 'claude-sonnet-4-5-20250929' },
  { provider: 'openai', model: 'gpt-4o-2024-08-06', currency: 'USD', rates: [25_000, 12_500, 25_000, 100_000] },
  { provider: 'openai', model: 'gpt-4o-mini', currency: 'USD', rates: [1_500, 750, 1_500, 6_000] },
  // From the user's own list, in euro.
  { provider: 'own-cluster', model: 'house-model', currency: 'EUR', rates: [4_321, 1_234, 4_321, 9_876] },
];
export const ownPrices = {
  version: 1,
  prices: [
    {
      provider: 'own-cluster',
      model: 'house-model',
      currency: 'EUR',
      prices: [{ rates: { input: 0.4321, cacheRead: 0.1234, output: 0.9876 } }],
    },
  ],
};

export interface Month {
  readonly events: readonly Record<string, unknown>[];
  readonly costs: Readonly<Record<string, number>>;
  readonly calls: number;
  readonly unpriced: number;
  readonly hits: number;
  readonly savings: Readonly<Record<string, number>>;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly outputTokens: number;
}

/** @param from, until between which they happened, ms */
export function makeMonth(count: number, from: number, until: number): Month {
  let seed = 20_261_127;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >>> 8) % below;
  };
  const events: Record<string, unknown>[] = [];
  const exact = new Map<string, Exact>();
  const saved = new Map<string, Exact>();
  const add = (sums: Map<string, Exact>, currency: string, value: Exact): void =>
    void sums.set(currency, (sums.get(currency) ?? 0n) + value);
  let [calls, unpriced, hits, inputTokens, cacheReadTokens, outputTokens] = [0, 0, 0, 0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const input = random(10) === 0 ? 150_000 + random(150_000) : random(8_000);
    const read = random(3) === 0 ? random(input + 1) : 0;
    const write = random(5) === 0 ? random(input - read + 1) : 0;
    const output = random(2_000);
    const base = {
      type: 'llm',
      id: `call-${index}`,
      service: `service-${random(3)}`,
      timestamp: from + Math.floor(((until - from) * index) / count),
      duration: random(30_000) / 1_000,
      input_tokens: input,
      cache_read_tokens: read,
      cache_write_tokens: write,
      output_tokens: output,
      reasoning_tokens: random(output + 1),
    };
    const kind = random(20);
    if (kind === 0) {
      // Saved by the application's own cache, with the price of the call that was not made.
      const tenThousandths = random(900);
      const currency = ['USD', 'EUR'][random(2)] as string;
      events.push({
        ...base,
        provider: 'openai',
        model: 'gpt-4o-mini',
        cached: true,
        cost: tenThousandths / 10_000,
        currency,
      });
      add(saved, currency, (BigInt(tenThousandths) * unit) / 10_000n);
      hits += 1;
      continue;
    }
    calls += 1;
    inputTokens += input;
    cacheReadTokens += read;
    outputTokens += output;
    if (kind === 1) {
      // A neighbour of known models, and one that nobody knows.
      events.push({ ...base, provider: 'openai', model: random(2) === 0 ? 'gpt-4o-turbo-vision' : 'nobody-knows' });
      unpriced += 1;
      continue;
    }
    if (kind <= 4) {
      // Reported, in currencies of very different size.
      const currency = ['USD', 'EUR', 'JPY'][random(3)] as string;
      const tenThousandths = currency === 'JPY' ? random(90_000_000) : random(50_000);
      events.push({ ...base, provider: 'openai', model: 'gpt-4o-mini', cost: tenThousandths / 10_000, currency });
      add(exact, currency, (BigInt(tenThousandths) * unit) / 10_000n);
      continue;
    }
    const { provider, model, currency, rates, long } = models[random(models.length)] as Priced;
    const [plain, cacheRead, cacheWrite, out] = long !== undefined && input > long.above ? long.rates : rates;
    events.push({ ...base, provider, model });
    const tenBillionths =
      BigInt(input - read - write) * BigInt(plain) +
      BigInt(read) * BigInt(cacheRead) +
      BigInt(write) * BigInt(cacheWrite) +
      BigInt(output) * BigInt(out);
    add(exact, currency, tenBillionths);
  }
  const numbers = (sums: Map<string, Exact>): Record<string, number> =>
    Object.fromEntries(
      [...sums].map(([currency, sum]) => [currency, Number(sum / unit) + Number(sum % unit) / Number(unit)]),
    );
  return {
    ...{ events, calls, unpriced, hits, inputTokens, cacheReadTokens, outputTokens },
    costs: numbers(exact),
    savings: numbers(saved),
  };
}
