/** What applications report: events (CONTRACT §3) and OpenTelemetry metrics. The intakes are handed in. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer, answerJson, refuseWith } from './answer.ts';
import type { Access } from './guard.ts';
import { readBody } from './read-body.ts';

export interface EventIntake {
  /** @param body the parsed JSON. @returns undefined when the queue is full: the sender tries again later. */
  accept(
    body: unknown,
  ):
    | { readonly accepted: number; readonly rejected: readonly { readonly index: number; readonly reason: string }[] }
    | undefined;
}

export interface OtlpIntake {
  /** @returns the body to answer with, in the request's content type, or why it was refused */
  accept(
    contentType: string,
    body: Buffer,
  ): Promise<{ readonly status: number; readonly contentType: string; readonly body: Buffer }>;
}

export interface ReportRoutes {
  readonly events?: EventIntake;
  readonly otlp?: OtlpIntake;
}

interface PostRoute {
  readonly methods: readonly string[];
  readonly access: Access;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const maxEventBytes = 2_000_000;
const maxOtlpBytes = 4_000_000;
const retryAfterSeconds = '1';

export function reportRoutes({ events, otlp }: ReportRoutes): Readonly<Record<string, PostRoute>> {
  return {
    ...(events !== undefined && { '/api/events': eventRoute(events) }),
    ...(otlp !== undefined && { '/v1/metrics': otlpRoute(otlp) }),
  };
}

function eventRoute(intake: EventIntake): PostRoute {
  return {
    methods: ['POST'],
    access: { kind: 'events', contentTypes: ['application/json'] },
    async handle(request, response) {
      const body = await readBody(request, maxEventBytes);
      if (!body.ok) return refuseWith(response, body.failure.kind === 'too-large' ? 413 : 400, body.failure.message);
      let parsed: unknown;
      try {
        parsed = JSON.parse(body.value.toString('utf8'));
      } catch {
        return refuseWith(response, 400, 'The body is not JSON. Send one event or an array of them.');
      }
      const result = intake.accept(parsed);
      if (result === undefined)
        return refuseWith(response, 429, 'The queue is full; send these events again.', {
          'retry-after': retryAfterSeconds,
        });
      answerJson(response, 202, result);
    },
  };
}

function otlpRoute(intake: OtlpIntake): PostRoute {
  return {
    methods: ['POST'],
    access: { kind: 'events', contentTypes: ['application/json', 'application/x-protobuf'] },
    async handle(request, response) {
      const body = await readBody(request, maxOtlpBytes);
      if (!body.ok) return refuseWith(response, body.failure.kind === 'too-large' ? 413 : 400, body.failure.message);
      const result = await intake.accept(request.headers['content-type'] ?? '', body.value);
      answer(response, result.status, { 'content-type': result.contentType }, result.body);
    },
  };
}
