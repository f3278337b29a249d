/** What OpenTelemetry tells of calls of models, as usage for the ledger: counted once, whichever ways it comes. */
import type { Tokens, Usage, UsageSink } from '../../contract/cost/usage.ts';
import { dayMs } from '../../contract/shared/durations.ts';
import type { Attributes, OtlpMetric, OtlpSpan } from '../otlp-model.ts';
import { SeenIds } from '../seen-ids.ts';
import { countsCalls, tellsUsage, usageOfMetric } from './gen-ai-metrics.ts';
import { usageOfSpan } from './gen-ai-spans.ts';
import { Streams } from './streams.ts';
import { type Amounts, MergedWays, type Way } from './ways.ts';

const earliest = Date.UTC(2018, 0, 1);
const unnamed = 'unknown';

interface Reporter {
  readonly key: string;
  readonly service: string;
  readonly provider: string;
  readonly model: string;
}

interface Heard {
  readonly reporter: Reporter;
  readonly way: Way;
  readonly amounts: Amounts;
  readonly at: number;
  readonly isCacheUnknown: boolean;
}

export class OtlpUsage {
  readonly #sink: UsageSink;
  readonly #now: () => number;
  readonly #streams = new Streams();
  readonly #ways = new MergedWays();
  readonly #spans = new SeenIds();
  readonly #responses = new SeenIds();
  /** Spans around a call that was counted: what they tell is of the same call. */
  readonly #around = new SeenIds();

  constructor(sink: UsageSink, now: () => number) {
    this.#sink = sink;
    this.#now = now;
  }

  restore(states: ReadonlyMap<string, unknown>): void {
    this.#streams.restore(states);
    this.#ways.restore(states);
  }

  /** @returns how many points found no room or made no sense */
  takeMetrics(metrics: readonly OtlpMetric[]): number {
    let refused = 0;
    const heard: Heard[] = [];
    for (const metric of metrics) {
      const { name, data, resource } = metric;
      if ((!tellsUsage(name) && !countsCalls(name)) || (data.kind !== 'sum' && data.kind !== 'histogram')) continue;
      for (const point of data.points) {
        const [sum, count] = 'sum' in point ? [point.sum ?? 0, point.count] : [point.value, 0];
        if (!(sum >= 0 && count >= 0 && Number.isFinite(sum))) {
          refused += 1;
          continue;
        }
        const identity = JSON.stringify([name, entriesOf(resource), entriesOf(point.attributes)]);
        const grown = this.#streams.grown({ ...point, identity, sum, count, isDelta: data.isDelta });
        const used = usageOfMetric(name, point.attributes, grown);
        if (used === undefined || (grown.sum === 0 && grown.count === 0)) continue;
        heard.push({ ...used, reporter: reporterOf(resource, used), at: this.#plausible(point.at) });
      }
    }
    // A reported cost goes before prices: whoever tells it is known before the tokens are looked at.
    heard.sort((a, b) => Number(b.amounts.cost !== undefined) - Number(a.amounts.cost !== undefined));
    refused += this.#count(heard);
    return refused;
  }

  /** @returns how many spans found no room */
  takeSpans(spans: readonly OtlpSpan[]): number {
    const usages: Usage[] = [];
    let refused = 0;
    // Inner spans end first.
    for (const span of [...spans].sort((a, b) => a.endAt - b.endAt || b.startAt - a.startAt)) {
      const id = `${span.traceId} ${span.spanId}`;
      const parent = `${span.traceId} ${span.parentId}`;
      const isAround = this.#around.has(id);
      if (isAround && span.parentId !== '') this.#around.add(parent);
      const used = usageOfSpan(span);
      if (used === undefined || isAround) continue;
      if (span.spanId !== '' && !this.#spans.add(id)) continue;
      if (span.parentId !== '') this.#around.add(parent);
      if (used.responseId !== undefined && !this.#responses.add(`${used.model} ${used.responseId}`)) continue;
      const { provider, model, responseId: _, hasFailed, cost, ...tokens } = used;
      const reporter = reporterOf(span.resource, { provider, model });
      if (!this.#sink.hasRoomFor(reporter)) {
        refused += 1;
        continue;
      }
      const whole: Amounts = { ...tokens, calls: 1, failed: hasFailed ? 1 : 0, ...(cost !== undefined && { cost }) };
      const news = this.#ways.add(reporter.key, 'spans', whole);
      const isWhole = Object.entries(whole).every(([name, amount]) => (news[name as keyof Amounts] ?? 0) === amount);
      const usage = this.#usageOf(reporter, news, this.#plausible(span.endAt), !isWhole);
      if (usage !== undefined) usages.push(usage);
    }
    this.#hand(usages);
    return refused;
  }

  #count(heard: readonly Heard[]): number {
    let refused = 0;
    const sums = new Map<string, { one: Heard; amounts: Amounts; isCacheUnknown: boolean }>();
    for (const one of heard) {
      const { reporter, way, amounts } = one;
      if (!this.#sink.hasRoomFor(reporter)) {
        refused += 1;
        continue;
      }
      const news = this.#ways.add(reporter.key, way, amounts);
      const there = sums.get(reporter.key) ?? { one, amounts: {}, isCacheUnknown: false };
      for (const [name, amount] of Object.entries(news) as [keyof Amounts, number][])
        there.amounts[name] = (there.amounts[name] ?? 0) + amount;
      there.isCacheUnknown ||= one.isCacheUnknown && (news.input ?? 0) > 0;
      sums.set(reporter.key, there);
    }
    const usages: Usage[] = [];
    for (const { one, amounts, isCacheUnknown } of sums.values()) {
      const hasSplit = (amounts.cacheRead ?? 0) + (amounts.cacheWrite ?? 0) > 0;
      const usage = this.#usageOf(one.reporter, amounts, one.at, true);
      if (usage !== undefined)
        usages.push({ ...usage, ...(isCacheUnknown && !hasSplit && { isCacheUnknown: true as const }) });
    }
    this.#hand(usages);
    return refused;
  }

  #usageOf(reporter: Reporter, amounts: Amounts, at: number, isSum: boolean): Usage | undefined {
    const {
      input = 0,
      cacheRead = 0,
      cacheWrite = 0,
      output = 0,
      reasoning = 0,
      calls = 0,
      failed = 0,
      cost,
    } = amounts;
    if (Object.keys(amounts).length === 0) return undefined;
    const tokens: Tokens = { input, cacheRead, cacheWrite, output, reasoning };
    const { service, provider, model } = reporter;
    const isCostElsewhere = cost === undefined && this.#ways.hasCost(reporter.key);
    return {
      ...{ at, service, provider, model, tokens, calls, failed, hits: 0 },
      ...(cost !== undefined && { cost, currency: 'USD' }),
      ...(isSum && { isSum: true as const }),
      ...(isCostElsewhere && { isCostElsewhere: true as const }),
    };
  }

  #hand(usages: readonly Usage[]): void {
    const states = [...this.#streams.takeStates(), ...this.#ways.takeStates()];
    if (usages.length > 0 || states.length > 0) this.#sink.add(usages, [], states);
  }

  #plausible(at: number): number {
    const now = this.#now();
    return at >= earliest && at <= now + dayMs ? at : now;
  }
}

const entriesOf = (attributes: Attributes): [string, string][] =>
  Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));

/** What tells processes apart whose SDK sets no `service.instance.id`. */
const identifying = ['service.instance.id', 'k8s.pod.uid', 'container.id', 'host.id', 'host.name', 'process.pid'];

function reporterOf(resource: Attributes, { provider, model }: { provider: string; model: string }): Reporter {
  const service = (resource['service.name'] ?? '').slice(0, 200);
  const named = { service, provider: provider.slice(0, 100), model: (model || unnamed).slice(0, 200) };
  const instance = identifying.map((name) => resource[name] ?? '').join('/');
  return { key: JSON.stringify([service, instance, named.provider, named.model]), ...named };
}
