import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { alertOf, notificationOf, senderOf } from '../support/notification-story.ts';
import { requireDebian } from '../support/peers/debian.ts';
import { startHttpPeer } from '../support/peers/http-peer.ts';
import { temporaryFolder } from '../support/temporary.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let turn = 0; turn < 1_200; turn += 1) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come');
}

describe("Prometheus' own Alertmanager", () => {
  it('shows the alert as active, and as resolved once it is', async ({ skip }) => {
    const program = requireDebian('prometheus-alertmanager', 'prometheus-alertmanager');
    if ('missing' in program) return skip(program.missing);
    const folder = temporaryFolder();
    const config = join(folder, 'alertmanager.yml');
    const receiver = await startHttpPeer();
    // JSON is YAML.
    writeFileSync(
      config,
      JSON.stringify({
        route: { receiver: 'peer', group_wait: '100ms', group_interval: '100ms' },
        receivers: [{ name: 'peer', webhook_configs: [{ url: receiver.url }] }],
      }),
    );
    const receivedStates = () =>
      receiver.received.flatMap(({ body }) => (JSON.parse(body) as { alerts: { status: string }[] }).alerts);
    const port = await freePort();
    const child = spawn(
      program.path,
      [
        `--config.file=${config}`,
        `--storage.path=${folder}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
      ],
      { stdio: 'ignore' },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    const url = `http://127.0.0.1:${port}`;
    await until(async () => ((await fetch(`${url}/-/ready`)).ok ? true : undefined));

    const { send } = senderOf('alertmanager', { url });
    const now = Date.now();
    const alert = alertOf({ since: now - 60_000, firedAt: now - 30_000, labels: { target: 'kb' } });
    expect(await send(notificationOf('fired', [alert]))).toEqual({ kind: 'delivered' });
    const active = await until(async () => (await alertsOf(url))[0]);
    expect(active).toMatchObject({
      status: { state: 'active' },
      labels: { alertname: 'critical_cpu', severity: 'critical', target: 'kb', instance: 'workshop' },
      annotations: { culprits: expect.stringContaining('clang') },
    });
    expect(Date.parse(active.endsAt)).toBeGreaterThan(now);

    // Told again while it lasts: still one alert.
    await send(notificationOf('reminder', [alert]));
    expect(await alertsOf(url)).toHaveLength(1);

    const resolved = notificationOf('resolved', [alert]);
    const [item] = resolved.items;
    await send({ ...resolved, items: [{ ...item!, alert: { ...alert, resolvedAt: now - 1_000 } }] });
    // Its list has active alerts only; whom it notifies is told that this one is resolved.
    await until(async () => ((await alertsOf(url)).length === 0 ? true : undefined));
    await until(async () => (receivedStates().at(-1)?.status === 'resolved' ? true : undefined));
    expect(receivedStates()[0]?.status).toBe('firing');
  });
});

async function alertsOf(url: string) {
  return (await (await fetch(`${url}/api/v2/alerts`)).json()) as { status: { state: string }; endsAt: string }[];
}
