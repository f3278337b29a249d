/** What applications report: events and OpenTelemetry metrics. The intake is handed in. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { assertNever, type Failure, failed, type Outcome, ok } from '../contract/outcome.ts';
import type { EventIntake } from '../events/event-intake.ts';
import { unpackBody } from '../platform/unpack-body.ts';
import { answer, answerJson, refuseWith } from './answer.ts';
import type { Access } from './guard.ts';
import { readBody } from './read-body.ts';

export interface ReportRoutes {
  readonly intake: EventIntake;
}

interface PostRoute {
  readonly methods: readonly string[];
  readonly access: Access;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const maxEventBytes = 2_000_000;
const maxOtlpBytes = 4_000_000;

export function reportRoutes({ intake }: ReportRoutes): Readonly<Record<string, PostRoute>> {
  return {
    '/api/events': eventRoute(intake),
    '/v1/metrics': otlpRoute(intake.acceptOtlp),
    '/v1/traces': otlpRoute(intake.acceptTraces),
  };
}

function eventRoute(intake: EventIntake): PostRoute {
  return {
    methods: ['POST'],
    access: { kind: 'events', contentTypes: ['application/json', 'application/x-ndjson', 'application/jsonl'] },
    async handle(request, response) {
      const body = await readPlainBody(request, maxEventBytes);
      if (!body.ok) return refuseBody(response, body.failure);
      const parsed = parseEvents(body.value.toString('utf8'));
      if (parsed === undefined)
        return refuseWith(response, 400, 'The body is not JSON. Send one event, an array of them, or one a line.');
      const result = intake.accept(parsed);
      switch (result.kind) {
        case 'taken':
          // Whoever has this answer need not send again, whatever happens to us.
          await result.stored;
          return answerJson(response, 202, result.answer);
        case 'too-many':
          return refuseWith(response, 429, 'Too many events at once; none of these was counted. Send them again.', {
            'retry-after': String(result.retryAfterSeconds),
          });
        case 'too-large':
          return refuseWith(response, 413, `Send at most ${result.most} events at once.`);
        default:
          return assertNever(result);
      }
    },
  };
}

function otlpRoute(accept: EventIntake['acceptOtlp']): PostRoute {
  return {
    methods: ['POST'],
    access: { kind: 'events', contentTypes: ['application/json', 'application/x-protobuf'] },
    async handle(request, response) {
      const plain = await readPlainBody(request, maxOtlpBytes);
      if (!plain.ok) return refuseBody(response, plain.failure);
      const result = await accept(request.headers['content-type'] ?? '', plain.value);
      answer(response, result.status, { 'content-type': result.contentType }, result.body);
    },
  };
}

function refuseBody(response: ServerResponse, { kind, message }: Failure): void {
  refuseWith(response, kind === 'too-large' ? 413 : 400, message);
}

/**
 * One JSON text, or one event a line; a line that is no JSON is left to be rejected by its number. Undefined where
 * nothing is JSON.
 */
function parseEvents(body: string): unknown {
  const text = body.replace(/^\ufeff/, '');
  try {
    return JSON.parse(text);
  } catch {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const events = lines.map((line): unknown => {
      try {
        return JSON.parse(line);
      } catch {
        return undefined;
      }
    });
    return lines.length > 1 && events.some((event) => event !== undefined) ? events : undefined;
  }
}

/** A small body can unpack to a huge one: the limit holds for what comes out, too. */
async function readPlainBody(request: IncomingMessage, maxBytes: number): Promise<Outcome<Buffer>> {
  const packed = await readBody(request, maxBytes);
  if (!packed.ok) return packed;
  try {
    const { body, isCut } = await unpackBody(chunksOf(packed.value), request.headers['content-encoding'], maxBytes);
    if (!isCut) return ok(body);
    return failed('too-large/unpacked', { most: maxBytes });
  } catch (error) {
    return failed('not-gzip', { detail: (error as Error).message });
  }
}

async function* chunksOf(body: Buffer): AsyncGenerator<Buffer> {
  if (body.length > 0) yield body;
}
