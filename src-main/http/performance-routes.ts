/** `/api/v1/performance/*` and the document of the whole REST interface. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CostAnalysis } from '../contract/cost/analysis.ts';
import type { LiveState } from '../contract/live.ts';
import type { PerformanceMetrics } from '../contract/rest/answers.ts';
import type { Clock } from '../platform/clock.ts';
import { answerPrepared, PreparedBody } from './answer.ts';
import { healthAnswer, metricsAnswer } from './contract-answers.ts';
import type { Access } from './guard.ts';

export interface PerformanceDeps {
  readonly clock: Clock;
  readonly live: { readonly current: LiveState | undefined };
  readonly costs: () => Promise<CostAnalysis>;
  readonly version: string;
}

interface ReadRoute {
  readonly methods: readonly string[];
  readonly access: Access;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export function performanceRoutes({
  clock,
  live,
  costs,
  version,
}: PerformanceDeps): Readonly<Record<string, ReadRoute>> {
  let document: PreparedBody | undefined;
  const json = (make: () => unknown, status: () => number = () => 200): ReadRoute => ({
    methods: ['GET', 'HEAD'],
    access: { kind: 'open' },
    async handle(request, response) {
      const body = await make();
      const prepared = body instanceof PreparedBody ? body : new PreparedBody(JSON.stringify(body));
      answerPrepared(request, response, 'application/json; charset=utf-8', prepared, {}, status());
    },
  });
  const optimization = json(() => optimizationAnswer(clock.now()));
  return {
    '/api/v1/performance/metrics': json(() => performanceMetrics(live.current)),
    '/api/v1/performance/health': json(
      () => performanceHealth(live.current, clock.now()),
      () => healthAnswer(live.current, clock.now()).httpStatus,
    ),
    '/api/v1/performance/optimization': optimization,
    '/api/v1/performance/optimize': optimization,
    '/api/v1/performance/cost-analysis': json(costs),
    '/api/openapi.json': json(async () => {
      const { describeRest } = await import('./open-api.ts');
      document ??= new PreparedBody(JSON.stringify(describeRest(version)));
      return document;
    }),
  };
}

function performanceMetrics(state: LiveState | undefined): PerformanceMetrics {
  const value = (series: string): number | null => {
    const found = state?.values.get(series)?.value;
    return found === undefined || !Number.isFinite(found) ? null : found;
  };
  const percent = (series: string): number | null => {
    const ratio = value(series);
    return ratio === null ? null : Number((ratio * 100).toPrecision(12));
  };
  return {
    ...(metricsAnswer(state) as Omit<PerformanceMetrics, 'response_time'>),
    response_time: value('query_time_seconds'),
    response_time_p95: value('query_time_p95_seconds'),
    throughput: value('queries_per_second'),
    error_rate: percent('query_error_ratio'),
    success_rate: percent('query_success_ratio'),
  };
}

const performanceHealth = (state: LiveState | undefined, now: number) => ({
  ...healthAnswer(state, now).body,
  score: state?.health.score ?? null,
  reasons: (state?.health.reasons ?? []).map(({ message, cost }) => ({ message, cost })),
});

/** There is no optimizer in this version, and nothing is made up about one. */
const optimizationAnswer = (now: number) => ({
  enabled: false,
  strategies: [],
  last_optimizations: [],
  timestamp: new Date(now).toISOString(),
  reason: 'This version measures and advises; it changes nothing by itself.',
});
