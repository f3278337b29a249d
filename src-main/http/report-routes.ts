/** What applications report: events (CONTRACT §3) and OpenTelemetry metrics. The intake is handed in. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { assertNever, type Failure, failed, type Outcome, ok } from '../contract/outcome.ts';
import type { EventIntake } from '../events/event-intake.ts';
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
  return { '/api/events': eventRoute(intake), '/v1/metrics': otlpRoute(intake) };
}

function eventRoute(intake: EventIntake): PostRoute {
  return {
    methods: ['POST'],
    access: { kind: 'events', contentTypes: ['application/json'] },
    async handle(request, response) {
      const body = await readBody(request, maxEventBytes);
      if (!body.ok) return refuseBody(response, body.failure);
      let parsed: unknown;
      try {
        parsed = JSON.parse(body.value.toString('utf8'));
      } catch {
        return refuseWith(response, 400, 'The body is not JSON. Send one event or an array of them.');
      }
      const result = intake.accept(parsed);
      switch (result.kind) {
        case 'taken':
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

function otlpRoute(intake: EventIntake): PostRoute {
  return {
    methods: ['POST'],
    access: { kind: 'events', contentTypes: ['application/json', 'application/x-protobuf'] },
    async handle(request, response) {
      const body = await readBody(request, maxOtlpBytes);
      if (!body.ok) return refuseBody(response, body.failure);
      const plain = request.headers['content-encoding'] === 'gzip' ? await unzipped(body.value) : body;
      if (!plain.ok) return refuseBody(response, plain.failure);
      const result = await intake.acceptOtlp(request.headers['content-type'] ?? '', plain.value);
      answer(response, result.status, { 'content-type': result.contentType }, result.body);
    },
  };
}

function refuseBody(response: ServerResponse, { kind, message }: Failure): void {
  refuseWith(response, kind === 'too-large' ? 413 : 400, message);
}

/** A small body can unpack to a huge one: the limit holds for what comes out. */
async function unzipped(body: Buffer): Promise<Outcome<Buffer>> {
  try {
    return ok(await promisify(gunzip)(body, { maxOutputLength: maxOtlpBytes }));
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    return isTooLarge
      ? failed('too-large', `The body unpacks to more than ${maxOtlpBytes} bytes.`, 'Send it in smaller parts.')
      : failed('not-gzip', 'The body is not gzip, though its header says so.', 'Send it again.');
  }
}
