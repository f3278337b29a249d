/** The usage in a span of a GenAI call, by the names of OpenTelemetry and of what came before. Pure. */
import type { Attributes, OtlpSpan } from '../otlp-model.ts';

export interface SpanUsage {
  readonly provider: string;
  readonly model: string;
  /** The provider's own id of the answer: a wrapper's span and the call within it have the same. */
  readonly responseId: string | undefined;
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
  readonly cost: number | undefined;
  readonly hasFailed: boolean;
}

const names = {
  provider: ['gen_ai.provider.name', 'gen_ai.system', 'llm.provider', 'llm.system'],
  model: ['gen_ai.response.model', 'gen_ai.request.model', 'llm.model_name', 'llm.response.model', 'llm.request.model'],
  input: [
    'gen_ai.usage.input_tokens',
    'gen_ai.usage.prompt_tokens',
    'llm.token_count.prompt',
    'llm.usage.prompt_tokens',
  ],
  output: [
    'gen_ai.usage.output_tokens',
    'gen_ai.usage.completion_tokens',
    'llm.token_count.completion',
    'llm.usage.completion_tokens',
  ],
  cacheRead: [
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.details.cache_read_tokens',
    'llm.token_count.prompt_details.cache_read',
  ],
  cacheWrite: [
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.cache_write.input_tokens',
    'gen_ai.usage.cache_creation_input_tokens',
    'gen_ai.usage.details.cache_write_tokens',
    'llm.token_count.prompt_details.cache_write',
  ],
  reasoning: [
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'gen_ai.usage.details.reasoning_tokens',
    'llm.token_count.completion_details.reasoning',
  ],
  cost: ['gen_ai.usage.cost', 'operation.cost', 'llm.cost.total'],
  operation: ['gen_ai.operation.name'],
  responseId: ['gen_ai.response.id'],
} as const;

/** Everything that is looked at; all the rest of a span, what people wrote above all, is not even read. */
const wanted: ReadonlySet<string> = new Set([...Object.values(names).flat(), 'openinference.span.kind']);
export const isWanted = (attribute: string): boolean => wanted.has(attribute);

/** Of what is told of a whole agent or workflow its calls have spans of their own. */
const calls = /^(?:chat|generate_content|text_completion|embeddings|completion|responses?|rerank)$/;

/** @returns undefined where the span is no call of a model, or tells no usage */
export function usageOfSpan({ attributes, hasFailed }: OtlpSpan): SpanUsage | undefined {
  const operation = first(attributes, names.operation);
  if (operation !== undefined && !calls.test(operation)) return undefined;
  const kind = attributes['openinference.span.kind'];
  if (kind !== undefined && !/^(?:LLM|EMBEDDING)$/i.test(kind)) return undefined;
  const model = first(attributes, names.model);
  const [input, output, cost] = [names.input, names.output, names.cost].map((list) => numberOf(attributes, list));
  if (model === undefined || (input === undefined && output === undefined && cost === undefined)) return undefined;
  const cacheRead = numberOf(attributes, names.cacheRead) ?? 0;
  const cacheWrite = numberOf(attributes, names.cacheWrite) ?? 0;
  const told = input ?? 0;
  return {
    provider: first(attributes, names.provider) ?? '',
    model,
    responseId: first(attributes, names.responseId),
    // Input that is less than its parts was told without them.
    input: told < cacheRead + cacheWrite ? told + cacheRead + cacheWrite : told,
    cacheRead,
    cacheWrite,
    output: output ?? 0,
    reasoning: Math.min(output ?? 0, numberOf(attributes, names.reasoning) ?? 0),
    cost,
    hasFailed,
  };
}

const first = (attributes: Attributes, list: readonly string[]): string | undefined =>
  list.map((name) => attributes[name]).find((value) => value !== undefined && value !== '');

function numberOf(attributes: Attributes, list: readonly string[]): number | undefined {
  const text = first(attributes, list);
  const value = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 && value <= 1e12 ? value : undefined;
}
