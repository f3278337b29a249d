/** Bytes as they are onto a socket, and all that comes back: for requests that no client library would send. */
import { connect } from 'node:net';

export interface Said {
  /** Status of the first answer; undefined where the connection just ended. */
  readonly status: number | undefined;
  readonly text: string;
}

/** @param parts sent one after the other; the server ends the connection */
export async function talk(port: number, ...parts: readonly (string | Buffer)[]): Promise<Said> {
  const socket = connect({ port, host: '127.0.0.1' });
  let text = '';
  socket.on('data', (part) => {
    text += part.toString('latin1');
  });
  // A connection reset is an answer, too: what came before it counts.
  socket.on('error', () => {});
  const ended = new Promise((resolve) => socket.once('close', resolve));
  const drained = (): Promise<unknown> =>
    Promise.race([new Promise((resolve) => socket.once('drain', resolve)), ended]);
  for (const part of parts) if (!socket.destroyed && !socket.write(part)) await drained();
  await ended;
  const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
  return { status: status === undefined ? undefined : Number(status), text };
}

/** The lines of a request's head, ended as HTTP wants. */
export const head = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n\r\n`;
