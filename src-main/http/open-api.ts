/**
 * The REST interface as an OpenAPI 3.1 document, made of the contract's own schemas. Loaded when somebody asks for it.
 */
import { z } from 'zod';
import { costAnalysisSchema } from '../contract/cost/analysis.ts';
import { eventSchema, maxEventsPerRequest } from '../contract/events.ts';
import * as answers from '../contract/rest/answers.ts';

type Json = Readonly<Record<string, unknown>>;

const schemas = {
  Error: answers.errorSchema,
  Health: answers.healthSchema,
  Metrics: answers.metricsSchema,
  Status: answers.statusSchema,
  EventsAnswer: answers.eventsAnswerSchema,
  PerformanceMetrics: answers.performanceMetricsSchema,
  PerformanceHealth: answers.performanceHealthSchema,
  Optimization: answers.optimizationSchema,
  CostAnalysis: costAnalysisSchema,
} as const;

const ref = (name: keyof typeof schemas | 'Event'): Json => ({ $ref: `#/components/schemas/${name}` });

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

const jsonOf = (schema: Json): Json => ({ 'application/json': { schema } });
const answerOf = (description: string, name: keyof typeof schemas): Json => ({
  description,
  content: jsonOf(ref(name)),
});
const refusal = (name: string): Json => ({ $ref: `#/components/responses/${name}` });
const always = { 401: refusal('NoToken'), 403: refusal('NotFromHere'), 405: refusal('WrongMethod') };

const read = (operationId: string, summary: string, name: keyof typeof schemas, more: Json = {}): Json => ({
  get: {
    operationId,
    summary,
    security: [{}, { token: [] }],
    responses: { 200: answerOf(summary, name), ...more, ...always },
  },
});

const otlp = (operationId: string, summary: string, what: string): Json => ({
  post: {
    operationId,
    summary,
    description: `An OTLP/HTTP export of ${what}, gzip allowed. The answer is OTLP's, in the encoding of the request.`,
    security: [{}, { token: [] }],
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { type: 'object' } },
        'application/x-protobuf': { schema: { type: 'string', contentMediaType: 'application/x-protobuf' } },
      },
    },
    responses: {
      200: {
        description: 'Taken; partialSuccess tells what was not',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: {
                partialSuccess: {
                  type: 'object',
                  properties: {
                    rejectedDataPoints: { type: 'string' },
                    rejectedSpans: { type: 'string' },
                    errorMessage: { type: 'string' },
                  },
                },
              },
            },
          },
          'application/x-protobuf': { schema: { type: 'string', contentMediaType: 'application/x-protobuf' } },
        },
      },
      400: { description: 'Not an export (google.rpc.Status)', content: jsonOf({ type: 'object' }) },
      413: refusal('TooLarge'),
      415: refusal('WrongType'),
      ...always,
    },
  },
});

const events: Json = {
  post: {
    operationId: 'reportEvents',
    summary: 'What applications report: queries, cache look-ups and calls of language models',
    description: 'Each event is counted once: one with an id that was counted before is not counted again.',
    security: [{}, { token: [] }],
    requestBody: {
      required: true,
      content: {
        ...jsonOf({ oneOf: [ref('Event'), { type: 'array', items: ref('Event'), maxItems: maxEventsPerRequest }] }),
        'application/x-ndjson': { schema: { type: 'string', description: 'One event a line' } },
      },
    },
    responses: {
      202: answerOf('Counted; the bad ones are named and the good ones kept', 'EventsAnswer'),
      400: answerOf('The body is not JSON', 'Error'),
      413: refusal('TooLarge'),
      415: refusal('WrongType'),
      429: {
        description: 'Too many at once; none was counted',
        headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds' } },
        content: jsonOf(ref('Error')),
      },
      ...always,
    },
  },
};

const performance = '/api/v1/performance';

export const describeRest = (version: string): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'HAKGAL Monitor',
    version,
    description:
      'Answers on this machine only, under 127.0.0.1, localhost and [::1]. What is not known is null, never a made-up number. ' +
      'Answers of more than a kilobyte are packed where gzip is accepted.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [
    {
      url: 'http://127.0.0.1:{port}',
      variables: { port: { default: '5000', description: 'The next free one where it is taken' } },
    },
  ],
  paths: {
    '/api/health': read('health', 'Whether the monitor and what it watches are well', 'Health', {
      503: answerOf('Unhealthy', 'Health'),
    }),
    '/api/metrics': read('metrics', 'The main figures of the last tick', 'Metrics'),
    '/api/status': read('status', 'State of the services, and the ports in use', 'Status'),
    '/api/events': events,
    '/v1/metrics': otlp('exportMetrics', 'Metrics of OpenTelemetry', 'metrics'),
    '/v1/traces': otlp(
      'exportTraces',
      'Usage in spans of OpenTelemetry: tokens and cost of GenAI calls; nothing else of them is kept',
      'traces',
    ),
    [`${performance}/metrics`]: read(
      'performanceMetrics',
      'Figures of the machine and its applications',
      'PerformanceMetrics',
    ),
    [`${performance}/health`]: read('performanceHealth', 'Health with its score and reasons', 'PerformanceHealth', {
      503: answerOf('Unhealthy', 'PerformanceHealth'),
    }),
    [`${performance}/optimization`]: read('optimization', 'What the optimizer does', 'Optimization'),
    [`${performance}/optimize`]: read('optimize', 'The same under its other name', 'Optimization'),
    [`${performance}/cost-analysis`]: read(
      'costAnalysis',
      'What calls of language models cost this month',
      'CostAnalysis',
    ),
    '/api/openapi.json': {
      get: {
        operationId: 'openApi',
        summary: 'This document',
        security: [{}, { token: [] }],
        responses: { 200: { description: 'This document', content: jsonOf({ type: 'object' }) }, ...always },
      },
    },
    '/api/session': {
      post: {
        operationId: 'signIn',
        summary: 'Signs a browser in by a code that `hakgal-monitor open` made',
        security: [],
        requestBody: {
          required: true,
          content: jsonOf({
            type: 'object',
            required: ['code'],
            properties: { code: { type: 'string', maxLength: 200 } },
          }),
        },
        responses: {
          201: { description: 'A session', content: jsonOf({ type: 'object' }) },
          400: answerOf('No code', 'Error'),
          ...always,
          401: answerOf('The code is over or used', 'Error'),
        },
      },
    },
    '/api/session/end': {
      post: {
        operationId: 'signOut',
        summary: 'Ends the session',
        security: [{ token: [] }],
        responses: { 204: { description: 'Ended' }, 415: refusal('WrongType'), ...always },
      },
    },
    '/api/token/renew': {
      post: {
        operationId: 'renewToken',
        summary: 'Makes a new token; the old one and all sessions end',
        security: [{ token: [] }],
        responses: { 204: { description: 'Renewed' }, 415: refusal('WrongType'), ...always },
      },
    },
  },
  components: {
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer', description: 'The token in the data directory, or a session' },
    },
    responses: {
      NoToken: answerOf('The token is needed', 'Error'),
      NotFromHere: answerOf('Another host or origin than this machine', 'Error'),
      WrongMethod: answerOf('Another method is meant', 'Error'),
      WrongType: answerOf('Another content type is meant', 'Error'),
      TooLarge: answerOf('Send it in smaller parts', 'Error'),
    },
    schemas: {
      ...Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, toSchema(schema, 'output')])),
      Event: toSchema(eventSchema, 'input'),
    },
  },
});
