/**
 * Writes `src-main/cost/prices/snapshot.json` from the package `@pydantic/genai-prices` (MIT): list prices by provider
 * and model, with the day on which the package was published. Run it after a new version of the package; nothing does
 * at run time.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { findProvider, type MatchLogic, type ModelInfo, type ModelPrice } from '@pydantic/genai-prices';

/** The day of the version that `package.json` pins; the package itself does not say it. */
const published: Readonly<Record<string, string>> = { '0.1.8': '2026-09-23' };

const main = createRequire(import.meta.url).resolve('@pydantic/genai-prices');
const { version } = JSON.parse(readFileSync(new URL('../package.json', `file://${main}`), 'utf8')) as {
  version: string;
};
const date = published[version];
if (date === undefined) throw new Error(`Write down when version ${version} was published`);

/** Names that say of themselves that they are this model; what merely contains a text may be a neighbour. */
function namesOf({ id, match }: ModelInfo): string[] {
  const names = new Set([id]);
  const walk = (logic: MatchLogic): void => {
    if ('or' in logic) for (const one of logic.or) walk(one);
    else if ('equals' in logic) names.add(logic.equals);
    else if ('starts_with' in logic && /[a-z0-9]$/i.test(logic.starts_with)) names.add(logic.starts_with);
    else if ('contains' in logic && id.startsWith(logic.contains)) names.add(logic.contains);
  };
  walk(match);
  return [...names].map((name) => name.toLowerCase());
}

const kept = {
  input_mtok: 'input',
  cache_read_mtok: 'cacheRead',
  cache_write_mtok: 'cacheWrite',
  output_mtok: 'output',
  output_reasoning_mtok: 'reasoning',
  requests_kcount: 'thousandCalls',
} as const;

function ratesOf(price: ModelPrice): Record<string, unknown> {
  const rates: Record<string, unknown> = {};
  for (const [theirs, ours] of Object.entries(kept)) {
    const rate = price[theirs];
    if (rate === undefined) continue;
    rates[ours] =
      typeof rate === 'number'
        ? rate
        : { base: rate.base, tiers: rate.tiers.map((tier) => ({ above: tier.start, rate: tier.price })) };
  }
  return rates;
}

const source = readFileSync(main, 'utf8');
const ids = new Set([...source.matchAll(/\{\s*id:\s*"([\w.-]+)",\s*name:/g)].map((match) => match[1] as string));
const providers = new Map<string, unknown>();
for (const candidate of ids) {
  const provider = findProvider({ providerId: candidate });
  if (provider === undefined || provider.id !== candidate || providers.has(provider.id)) continue;
  const models = provider.models.flatMap((model) => {
    const dated = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }];
    const prices = dated.map(({ constraint, prices: price }) => ({
      ...(constraint !== undefined && 'start_date' in constraint && { from: constraint.start_date }),
      ...(constraint !== undefined &&
        'start_time' in constraint && { daily: [constraint.start_time, constraint.end_time] }),
      rates: ratesOf(price),
    }));
    const hasTokens = prices.every(({ rates }) => rates.input !== undefined || rates.output !== undefined);
    return hasTokens ? [{ model: model.id, names: namesOf(model), prices }] : [];
  });
  if (models.length > 0) providers.set(provider.id, models);
}
const lines = [...providers].map(
  ([id, models]) => `${JSON.stringify(id.replaceAll('_', '-'))}: ${JSON.stringify(models)}`,
);
writeFileSync(
  new URL('../src-main/cost/prices/snapshot.json', import.meta.url),
  `{"date": "${date}", "source": "@pydantic/genai-prices ${version}", "providers": {\n${lines.join(',\n')}\n}}\n`,
);
