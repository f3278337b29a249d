/**
 * Which metrics tell the usage of models, and what of it. Both generations of OpenTelemetry's conventions, and Claude
 * Code's. Pure.
 */
import type { Attributes } from '../otlp-model.ts';
import type { Amounts, Way } from './ways.ts';

export interface MetricUsage {
  readonly way: Way;
  readonly provider: string;
  readonly model: string;
  readonly amounts: Amounts;
  /** The metric does not tell cached input from other. */
  readonly isCacheUnknown: boolean;
}

/** What an agent used its own calls have told already. */
const notACall = /^(?:invoke_agent|create_agent|execute_tool|invoke_workflow|plan|list_models)$/;

const tokenTypes: Readonly<Record<string, keyof Amounts>> = {
  input: 'input',
  prompt: 'input',
  output: 'output',
  completion: 'output',
  cache_read: 'cacheRead',
  'cache_read.input': 'cacheRead',
  input_cached: 'cacheRead',
  cached: 'cacheRead',
  cache_creation: 'cacheWrite',
  cache_write: 'cacheWrite',
  reasoning: 'reasoning',
};

const usagePrefix = 'gen_ai.client.inference.usage.';
const usageCounters: Readonly<Record<string, keyof Amounts>> = {
  input_tokens: 'input',
  output_tokens: 'output',
  'cache_read.input_tokens': 'cacheRead',
  'cache_write.input_tokens': 'cacheWrite',
  'cache_creation.input_tokens': 'cacheWrite',
  'reasoning.output_tokens': 'reasoning',
};

/** Whether the metric is read here, whatever its points say. */
export const tellsUsage = (metric: string): boolean =>
  metric === 'gen_ai.client.token.usage' ||
  metric === 'claude_code.token.usage' ||
  metric === 'claude_code.cost.usage' ||
  metric.startsWith(usagePrefix);

/** Durations and sizes of calls stay metrics of their own; their number is the number of calls. */
export const countsCalls = (metric: string): boolean =>
  metric === 'gen_ai.client.operation.duration' ||
  metric === 'gen_ai.client.inference.duration' ||
  metric === 'gen_ai.client.inference.operation.input_tokens';

/** @param grown sum of the values, and how many they were */
export function usageOfMetric(
  metric: string,
  attributes: Attributes,
  grown: { readonly sum: number; readonly count: number },
): MetricUsage | undefined {
  if (notACall.test(attributes['gen_ai.operation.name'] ?? '')) return undefined;
  const named = {
    provider: attributes['gen_ai.provider.name'] ?? attributes['gen_ai.system'] ?? '',
    model: attributes['gen_ai.response.model'] ?? attributes['gen_ai.request.model'] ?? '',
  };
  if (metric === 'gen_ai.client.token.usage') {
    const kind = tokenTypes[attributes['gen_ai.token.type'] ?? ''];
    if (kind === undefined) return undefined;
    const calls = kind === 'input' && grown.count > 0 ? { calls: grown.count } : {};
    return { ...named, way: 'tokens', amounts: { [kind]: grown.sum, ...calls }, isCacheUnknown: true };
  }
  if (metric.startsWith(usagePrefix)) {
    const kind = usageCounters[metric.slice(usagePrefix.length)];
    return kind && { ...named, way: 'usage', amounts: { [kind]: grown.sum }, isCacheUnknown: false };
  }
  if (countsCalls(metric)) {
    if (named.model === '' || grown.count === 0) return undefined;
    const failed = attributes['error.type'] === undefined ? {} : { failed: grown.count };
    return { ...named, way: 'duration', amounts: { calls: grown.count, ...failed }, isCacheUnknown: false };
  }
  const ofClaude = {
    provider: 'anthropic',
    model: attributes.model ?? '',
    way: 'usage' as const,
    isCacheUnknown: false,
  };
  if (metric === 'claude_code.cost.usage') return { ...ofClaude, amounts: { cost: grown.sum } };
  if (metric !== 'claude_code.token.usage') return undefined;
  // Its input leaves the cached tokens out; ours holds them.
  const { sum } = grown;
  const amounts: Readonly<Record<string, Amounts>> = {
    input: { input: sum },
    output: { output: sum },
    cacheRead: { input: sum, cacheRead: sum },
    cacheCreation: { input: sum, cacheWrite: sum },
  };
  const found = amounts[attributes.type ?? ''];
  return found && { ...ofClaude, amounts: found };
}
