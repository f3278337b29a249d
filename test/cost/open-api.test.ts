/** The published document: valid, and what the running monitor answers is what it says. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Headless, startHeadless } from '../support/headless.ts';

interface Operation {
  readonly security?: readonly object[];
  readonly responses: Record<
    string,
    { readonly content?: Record<string, { readonly schema: unknown }>; readonly $ref?: string }
  >;
}
interface Document {
  readonly paths: Record<string, { readonly get?: Operation; readonly post?: Operation }>;
  readonly components: { readonly responses: Record<string, Operation['responses'][string]> };
}

let monitor: Headless;
let document: Document;
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

beforeAll(async () => {
  monitor = await startHeadless();
  document = (await (await fetch(`${monitor.api}/api/openapi.json`)).json()) as Document;
  ajv.addSchema(document, 'document');
}, 60_000);
afterAll(() => monitor.stop());

/** Holds an answer to what the document says of its status and content type. */
async function expectDocumented(path: string, method: 'get' | 'post', response: Response): Promise<unknown> {
  const operation = document.paths[path]?.[method];
  let said = operation?.responses[response.status];
  expect(said, `${method} ${path} ${response.status} is not documented`).toBeDefined();
  if (said?.$ref !== undefined) said = document.components.responses[said.$ref.split('/').at(-1) as string];
  if (said?.content === undefined) return undefined;
  const type = response.headers.get('content-type')?.split(';')[0] as string;
  const schema = said.content[type]?.schema;
  expect(schema, `${path} answers ${type}, which is not documented`).toBeDefined();
  if (type !== 'application/json') return undefined;
  const body: unknown = await response.json();
  const place = JSON.stringify(schema).replaceAll('"#/', '"document#/');
  const isValid = ajv.compile(JSON.parse(place) as object);
  expect(isValid(body), `${path} ${JSON.stringify(isValid.errors)?.slice(0, 600)}`).toBe(true);
  return body;
}

const post = (path: string, body: string, type = 'application/json', headers: Record<string, string> = {}) =>
  fetch(`${monitor.api}${path}`, { method: 'POST', headers: { 'content-type': type, ...headers }, body });

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const found = await validator.validate(structuredClone(document) as unknown as Record<string, unknown>);
  expect(found.errors ?? []).toEqual([]);
  expect(found.valid).toBe(true);
  expect(validator.version).toBe('3.1');
});

test('every answer of a read is as documented, before and after calls were reported', async () => {
  const reads = Object.keys(document.paths).filter((path) => document.paths[path]?.get !== undefined);
  expect(reads).toHaveLength(9);
  for (let time = 0; time < 2; time += 1) {
    for (const path of reads) await expectDocumented(path, 'get', await fetch(`${monitor.api}${path}`));
    const events = [
      {
        type: 'llm',
        provider: 'openai',
        model: 'gpt-4o',
        input_tokens: 1_000,
        cache_read_tokens: 400,
        output_tokens: 50,
      },
      { type: 'llm', provider: 'openai', model: 'nobody-knows', input_tokens: 5, output_tokens: 5 },
      { type: 'llm', provider: 'openai', model: 'gpt-4o', cached: true },
      { type: 'cache', hit: true, cost: 0.5 },
    ];
    const answer = await expectDocumented('/api/events', 'post', await post('/api/events', JSON.stringify(events)));
    expect(answer).toEqual({ accepted: 4, rejected: [] });
  }
  const costs = (await (await fetch(`${monitor.api}/api/v1/performance/cost-analysis`)).json()) as Record<
    string,
    unknown
  >;
  // 600 × 2.50 + 400 × 1.25 + 50 × 10.00 for a million, twice; the hit saved as much as the mean call.
  expect(costs).toMatchObject({ currency: 'USD', calls: 4, unpriced_calls: 2, cache_hits: 4 });
  expect(costs.month_cost).toBeCloseTo(0.005, 12);
  expect(costs.today_cost).toBeCloseTo(0.005, 12);
  expect(costs.cache_savings).toBeCloseTo(1.005, 12);
  expect(costs.cache_savings_estimated).toBeCloseTo(0.005, 12);
});

test('refusals are as documented', async () => {
  const cases: readonly (readonly [string, Promise<Response>])[] = [
    ['/api/events', post('/api/events', '{')],
    ['/api/events', post('/api/events', '{}', 'text/plain')],
    ['/api/events', post('/api/events', JSON.stringify({ type: 'llm' }))],
    ['/api/events', post('/api/events', `[${'{},'.repeat(10_001)}{}]`)],
    ['/api/events', post('/api/events', '{}', 'application/json', { origin: 'http://elsewhere.example' })],
    ['/v1/metrics', post('/v1/metrics', '{}')],
    ['/v1/metrics', post('/v1/metrics', 'no')],
    ['/v1/metrics', post('/v1/metrics', '', 'application/x-protobuf')],
    ['/v1/traces', post('/v1/traces', '{}')],
    ['/v1/traces', post('/v1/traces', '[')],
    ['/v1/traces', post('/v1/traces', '', 'application/x-protobuf')],
    ['/api/session', post('/api/session', '{}')],
    ['/api/session', post('/api/session', '{"code":"none"}')],
    ['/api/session/end', post('/api/session/end', '{}')],
    ['/api/token/renew', post('/api/token/renew', '{}')],
  ];
  for (const [path, response] of cases) await expectDocumented(path, 'post', await response);
  const elsewhere = await fetch(`${monitor.api}/api/v1/performance/cost-analysis`, {
    headers: { origin: 'http://x.example' },
  });
  await expectDocumented('/api/v1/performance/cost-analysis', 'get', elsewhere);
  expect(elsewhere.status).toBe(403);
});

test('what is larger than a kilobyte comes packed', async () => {
  const response = await fetch(`${monitor.api}/api/openapi.json`, { headers: { 'accept-encoding': 'gzip' } });
  expect(response.headers.get('content-encoding')).toBe('gzip');
});
