/** Prices: the same as the package says, and never those of a neighbour. */
import { calcPrice } from '@pydantic/genai-prices';
import { describe, expect, test } from 'vitest';
import { isSameModel } from '../../src-main/cost/prices/match-model.ts';
import { loadPriceList, PriceBook } from '../../src-main/cost/prices/price-book.ts';

const list = await loadPriceList();
const at = Date.parse('2026-10-15T12:00:00Z');
const none = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 };

describe('the list that comes with the app', () => {
  test('prices every model as the package does, with cached tokens, tiers and dates', () => {
    const book = new PriceBook(list, []);
    const usages = [
      { input: 4_740, cacheRead: 4_000, cacheWrite: 0, output: 255, reasoning: 0 },
      { input: 199_999, cacheRead: 0, cacheWrite: 10, output: 7, reasoning: 0 },
      { input: 200_000, cacheRead: 1_000, cacheWrite: 0, output: 1, reasoning: 1 },
      { input: 200_001, cacheRead: 150_000, cacheWrite: 50_000, output: 12_345, reasoning: 0 },
      { input: 900_000, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
    ];
    const times = [at, Date.parse('2026-01-01T20:00:00Z'), Date.parse('2026-09-01T08:30:00Z')];
    let compared = 0;
    const different: string[] = [];
    for (const [provider, models] of Object.entries(list.providers))
      for (const { model } of models)
        for (const [index, tokens] of usages.entries()) {
          const time = times[index % times.length] as number;
          const theirs = calcPrice(
            {
              input_tokens: tokens.input,
              cache_read_tokens: tokens.cacheRead,
              cache_write_tokens: tokens.cacheWrite,
              output_tokens: tokens.output,
              output_reasoning_tokens: tokens.reasoning,
            },
            model,
            { providerId: provider.replace('huggingface-', 'huggingface_'), timestamp: new Date(time) },
          );
          // Where the package takes this name for another model, its own id is the better judge.
          if (theirs === null || theirs.model.id !== model) continue;
          compared += 1;
          const ours = book.price({ at: time, provider, model, tokens, calls: 1 });
          if (ours === undefined || Math.abs(ours.cost - theirs.total_price) > 1e-9)
            different.push(
              `${provider}/${model} ${JSON.stringify(tokens)}: ${ours?.cost}, package ${theirs.total_price}`,
            );
        }
    expect(different).toEqual([]);
    expect(compared).toBeGreaterThan(5_000);
  });

  test('a dated name is the same model, a neighbour is not', () => {
    for (const name of [
      'gpt-4o-2024-08-06',
      'gpt-4o@20240806',
      'gpt-4o-latest',
      'gpt-4o-0613',
      'gpt-4o-001',
      'gpt-4o-v1:0',
    ])
      expect([name, isSameModel(name, 'gpt-4o')]).toEqual([name, true]);
    for (const name of [
      'gpt-4o-mini',
      'gpt-4o-audio-preview',
      'gpt-4o-1',
      'gpt-4o.1',
      'gpt-4o-32k',
      'gpt-4ox',
      'my-gpt-4o',
    ])
      expect([name, isSameModel(name, 'gpt-4o')]).toEqual([name, false]);
  });

  test.each([
    ['anthropic', 'claude-sonnet-4-7'],
    ['anthropic', 'claude-sonnet-4-5-turbo'],
    ['openai', 'gpt-9'],
    ['openai', 'gpt-4o-mini-fast'],
    ['nobody', 'gpt-4o'],
    ['', 'gpt-4o'],
    ['__proto__', 'toString'],
  ])('%s %s has no price', (provider, model) => {
    expect(
      new PriceBook(list, []).price({ at, provider, model, tokens: { ...none, input: 10 }, calls: 1 }),
    ).toBeUndefined();
  });

  test.each([
    ['anthropic', 'claude-sonnet-4-5-20250929', 3],
    ['aws.bedrock', 'global.anthropic.claude-haiku-4-5-20251001-v1:0', 1],
    ['openai', 'gpt-4o-2024-05-13', 5],
    ['openai', 'gpt-4o-2024-11-20', 2.5],
    ['gcp.gemini', 'gemini-2.5-pro', 1.25],
  ])('%s %s costs %d for a million', (provider, model, cost) => {
    const million = { ...none, input: 100_000 };
    expect(new PriceBook(list, []).price({ at, provider, model, tokens: million, calls: 1 })?.cost).toBeCloseTo(
      cost / 10,
      9,
    );
  });
});
