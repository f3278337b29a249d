/** Reading a request's body within a limit. */
import type { IncomingMessage } from 'node:http';
import { failed, type Outcome, ok } from '../contract/outcome.ts';

export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Outcome<Buffer>> {
  const tooLarge = failed('too-large', { most: maxBytes });
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return tooLarge;
  const parts: Buffer[] = [];
  let size = 0;
  try {
    // Leaving the loop early must not end the connection: the refusal still has to go out over it.
    for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > maxBytes) return tooLarge;
      parts.push(part);
    }
  } catch (error) {
    return failed('broken-off', { detail: (error as Error).message });
  }
  return ok(Buffer.concat(parts));
}
