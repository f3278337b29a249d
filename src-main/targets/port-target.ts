/** A TCP port: does anyone answer, and how soon. Nothing is sent. */
import { createConnection } from 'node:net';
import { targetGauge } from './target-metrics.ts';
import { finding, type TargetType } from './target-type.ts';

const connectSeconds = targetGauge(
  'port_target_connect_seconds',
  { en: 'Time to connect', de: 'Dauer des Verbindens' },
  { en: 'Time until the connection stood.', de: 'Zeit, bis die Verbindung stand.' },
  'seconds',
);

export const portTarget: TargetType<'port'> = {
  kind: 'port',
  metrics: [connectSeconds],
  interval: () => 'slow',
  timeoutMs: ({ timeoutSeconds }) => (timeoutSeconds + 2) * 1_000,
  open: ({ id, host, port, timeoutSeconds }, { clock }) => ({
    async look(sink, { signal }) {
      const began = clock.monotonic();
      const address = `${host}:${port}`;
      const code = await connect(host, port, timeoutSeconds * 1_000, signal);
      const seconds = Math.round((clock.monotonic() - began) * 1_000) / 1e6;
      if (code === undefined) {
        sink.sample(connectSeconds, seconds, { target: id });
        return finding('up', 'ok', `${address} answers`);
      }
      if (code === 'ECONNREFUSED') return finding('down', 'refused', `Nobody listens on ${address}`);
      if (code === 'ETIMEDOUT')
        return finding('down', 'timed-out', `${address} did not answer within ${timeoutSeconds} s`);
      if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
        return finding('down', 'unknown-host', `There is no host called ${host}`);
      return finding('down', 'unreachable', `${address} can't be reached (${code})`, [], { detail: code });
    },
  }),
};

/** @returns undefined once connected, else the code of what went wrong */
function connect(host: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, signal });
    const end = (code: string | undefined): void => {
      socket.destroy();
      resolve(code);
    };
    // Covers the look-up of the name, too.
    socket.setTimeout(timeoutMs, () => end('ETIMEDOUT'));
    socket.once('connect', () => end(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
