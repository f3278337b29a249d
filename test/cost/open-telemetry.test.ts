/** Usage of models as OpenTelemetry tells it: whatever way it comes, the ledger has the same totals. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Usage, UsageSink } from '../../src-main/contract/cost/usage.ts';
import { createEventIntake } from '../../src-main/events/event-intake.ts';
import { serve } from '../http/support/servers.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { protobufOf } from './support/trace-protobuf.ts';

const t0 = Date.UTC(2026, 0, 1);
const nano = (ms: number): string => `${BigInt(Math.round(ms)) * 1_000_000n}`;

function collected() {
  const usages: Usage[] = [];
  const states = new Map<string, unknown>();
  const sink: UsageSink = {
    hasRoomFor: () => true,
    add(more, _, changed = []) {
      usages.push(...more);
      for (const [key, value] of changed)
        if (value === null) states.delete(key);
        else states.set(key, value);
    },
    flush: async () => {},
  };
  const total = () => {
    const sum = (of: (usage: Usage) => number): number => usages.reduce((all, usage) => all + of(usage), 0);
    return {
      input: sum(({ tokens }) => tokens.input),
      cacheRead: sum(({ tokens }) => tokens.cacheRead),
      output: sum(({ tokens }) => tokens.output),
      calls: sum(({ calls }) => calls),
    };
  };
  const intake = createEventIntake({ clock: new FakeClock(t0 + 3_600_000), usage: sink });
  return { intake, usages, states, total };
}

type Attributes = Record<string, string | number>;
const pairs = (attributes: Attributes) =>
  Object.entries(attributes).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));
const resourceOf = { attributes: pairs({ 'service.name': 'kb', 'service.instance.id': 'a' }) };
const metricsOf = (metrics: readonly object[]) => ({
  resourceMetrics: [{ resource: resourceOf, scopeMetrics: [{ metrics }] }],
});
const model: Attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
};

interface Step {
  readonly input: number;
  readonly output: number;
  readonly calls: number;
}
const steps: readonly Step[] = [
  { input: 1_000, output: 50, calls: 2 },
  { input: 2_500, output: 70, calls: 3 },
  { input: 0, output: 0, calls: 0 },
  { input: 500, output: 30, calls: 1 },
];
const wanted = { input: 4_000, cacheRead: 0, output: 150, calls: 6 };

/** Exports one after the other, as a reader of an SDK makes them. */
function exportsOf(kind: 'histogram' | 'sum' | 'usage', isDelta: boolean): object[] {
  let before: Step = { input: 0, output: 0, calls: 0 };
  return steps.map((step, index) => {
    const now = {
      input: before.input + step.input,
      output: before.output + step.output,
      calls: before.calls + step.calls,
    };
    before = now;
    const told = isDelta ? step : now;
    const times = {
      startTimeUnixNano: nano(isDelta ? t0 + index * 10_000 : t0),
      timeUnixNano: nano(t0 + (index + 1) * 10_000),
    };
    const temporality = { aggregationTemporality: isDelta ? 1 : 2 };
    const durations = {
      name: 'gen_ai.client.operation.duration',
      unit: 's',
      histogram: {
        ...temporality,
        dataPoints: [{ ...times, attributes: pairs(model), count: String(told.calls), sum: told.calls * 1.5 }],
      },
    };
    const of = (type: 'input' | 'output') => ({ ...times, attributes: pairs({ ...model, 'gen_ai.token.type': type }) });
    if (kind === 'histogram')
      return metricsOf([
        {
          name: 'gen_ai.client.token.usage',
          unit: '{token}',
          histogram: {
            ...temporality,
            dataPoints: (['input', 'output'] as const).map((type) => ({
              ...of(type),
              count: String(told.calls),
              sum: told[type],
            })),
          },
        },
        durations,
      ]);
    if (kind === 'sum')
      return metricsOf([
        {
          name: 'gen_ai.client.token.usage',
          sum: {
            ...temporality,
            isMonotonic: true,
            dataPoints: (['input', 'output'] as const).map((type) => ({ ...of(type), asInt: String(told[type]) })),
          },
        },
        durations,
      ]);
    return metricsOf([
      ...(['input', 'output'] as const).map((type) => ({
        name: `gen_ai.client.inference.usage.${type}_tokens`,
        sum: {
          ...temporality,
          isMonotonic: true,
          dataPoints: [{ ...times, attributes: pairs(model), asInt: String(told[type]) }],
        },
      })),
      durations,
    ]);
  });
}

const ways = (['histogram', 'sum', 'usage'] as const).flatMap((kind) =>
  [true, false].map((isDelta) => [kind, isDelta] as const),
);
const json = (body: object): Buffer => Buffer.from(JSON.stringify(body));

describe('metrics', () => {
  test.each(ways)(
    '%s, delta %s: the same totals, and an export that is sent again adds nothing',
    async (kind, isDelta) => {
      const { intake, total } = collected();
      for (const body of exportsOf(kind, isDelta))
        for (let time = 0; time < 2; time += 1)
          expect((await intake.acceptOtlp('application/json', json(body))).status).toBe(200);
      expect(total()).toEqual(wanted);
    },
  );

  test('both generations and spans of the same process at once count once', async () => {
    const { intake, total } = collected();
    for (const kind of ['histogram', 'usage'] as const)
      for (const body of exportsOf(kind, false)) await intake.acceptOtlp('application/json', json(body));
    expect(total()).toEqual(wanted);
  });

  test('where a counter stands survives a restart, and one that begins anew counts from nothing', async () => {
    const first = collected();
    const [one, two, , four] = exportsOf('histogram', false) as [object, object, object, object];
    await first.intake.acceptOtlp('application/json', json(one));
    await first.intake.acceptOtlp('application/json', json(two));
    const second = collected();
    second.intake.remember({ ids: [], states: first.states });
    await second.intake.acceptOtlp('application/json', json(four));
    expect(second.total()).toMatchObject({ input: 500, output: 30, calls: 1 });
    const anew = JSON.parse(JSON.stringify(one).replaceAll(nano(t0), nano(t0 + 60_000))) as object;
    await second.intake.acceptOtlp('application/json', json(anew));
    expect(second.total()).toMatchObject({ input: 1_500, output: 80, calls: 3 });
  });

  test('Claude Code: its own cost goes before prices, cached input is part of input', async () => {
    const { intake, usages, total } = collected();
    const point = (attributes: Attributes, value: number) => ({
      startTimeUnixNano: nano(t0),
      timeUnixNano: nano(t0 + 1_000),
      attributes: pairs({
        ...attributes,
        model: 'claude-sonnet-4-5',
        'session.id': 's-1',
        'user.email': 'a@example.com',
      }),
      asDouble: value,
    });
    const sum = (dataPoints: readonly object[]) => ({ aggregationTemporality: 1, isMonotonic: true, dataPoints });
    const body = metricsOf([
      {
        name: 'claude_code.token.usage',
        sum: sum([point({ type: 'input' }, 10), point({ type: 'cacheRead' }, 90), point({ type: 'output' }, 7)]),
      },
      { name: 'claude_code.cost.usage', unit: 'USD', sum: sum([point({}, 0.0125)]) },
    ]);
    await intake.acceptOtlp('application/json', json(body));
    expect(total()).toMatchObject({ input: 100, cacheRead: 90, output: 7 });
    expect(usages.map(({ cost }) => cost)).toEqual([0.0125]);
    expect(JSON.stringify(usages)).not.toMatch(/s-1|example/);
  });

  test('100,000 sessions are one model: memory and what is kept stay bounded', async () => {
    const { intake, usages, states, total } = collected();
    for (let batch = 0; batch < 100; batch += 1) {
      const dataPoints = Array.from({ length: 1_000 }, (_, index) => ({
        startTimeUnixNano: nano(t0 + batch),
        timeUnixNano: nano(t0 + batch + 1_000),
        attributes: pairs({ type: 'input', model: 'claude-sonnet-4-5', 'session.id': `session-${batch}-${index}` }),
        asInt: '3',
      }));
      const body = metricsOf([
        { name: 'claude_code.token.usage', sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints } },
      ]);
      await intake.acceptOtlp('application/json', json(body));
    }
    expect(total().input).toBe(300_000);
    expect(new Set(usages.map(({ model: name, service }) => `${service} ${name}`))).toEqual(
      new Set(['kb claude-sonnet-4-5']),
    );
    expect(states.size).toBeLessThan(20_010);
  }, 60_000);
});

describe('traces', () => {
  const span = (id: string, parent: string, attributes: Attributes, end = 2_000) => ({
    traceId: 'a'.repeat(32),
    spanId: id.padStart(16, '0'),
    parentSpanId: parent === '' ? '' : parent.padStart(16, '0'),
    startTimeUnixNano: nano(t0),
    endTimeUnixNano: nano(t0 + end),
    attributes: pairs(attributes),
  });
  const used: Attributes = { ...model, 'gen_ai.usage.input_tokens': 1_000, 'gen_ai.usage.output_tokens': 20 };
  const secret = 'what a person wrote';
  const spans = [
    span('1', '2', { ...used, 'gen_ai.usage.cache_read.input_tokens': 400, 'gen_ai.input.messages': secret }, 1_000),
    // A wrapper of another library around the same call, and the agent around both.
    span('2', '3', used, 1_500),
    span('3', '', { ...used, 'gen_ai.operation.name': 'invoke_agent' }),
    span('4', '3', { 'http.route': '/' }),
    span('5', '3', {
      'gen_ai.system': 'openai',
      'gen_ai.response.model': 'gpt-4o',
      'gen_ai.usage.prompt_tokens': 7,
      'gen_ai.usage.completion_tokens': 1,
    }),
  ];
  const body = { resourceSpans: [{ resource: resourceOf, scopeSpans: [{ spans }] }] };
  const totals = { input: 1_007, cacheRead: 400, output: 21, calls: 2 };

  test('only calls count, a wrapped one once, sent again not at all; what people wrote is not kept', async () => {
    const { intake, usages, states, total } = collected();
    for (let time = 0; time < 2; time += 1)
      expect((await intake.acceptTraces('application/json', json(body))).status).toBe(200);
    expect(total()).toEqual(totals);
    expect(JSON.stringify([usages, [...states]])).not.toContain(secret);
  });

  test('protobuf has the same totals, over HTTP and packed', async () => {
    const { intake, total } = collected();
    const { api } = await serve({ reports: { intake } });
    const response = await fetch(`${api}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip' },
      body: gzipSync(protobufOf(spans, resourceOf)),
    });
    expect(response.status).toBe(200);
    expect(total()).toEqual(totals);
  });
});
