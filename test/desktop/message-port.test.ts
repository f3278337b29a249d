/** The contract over a MessagePort, as the window has it: answers, the live stream, typed errors for invalid input. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCHandler } from '@orpc/server/message-port';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { contract } from '../../src-main/contract/contract.ts';
import { type Monitor, startMonitor } from '../../src-main/monitor.ts';
import { systemClock } from '../../src-main/platform/clock.ts';

let monitor: Monitor;
let client: ContractRouterClient<typeof contract>;
const dataDir = mkdtempSync(join(tmpdir(), 'hakgal-port-'));
const channel = new MessageChannel();

beforeAll(async () => {
  monitor = await startMonitor({
    clock: systemClock,
    dataDir,
    shell: 'desktop',
    version: '0.0.0',
    isDemo: false,
    apiPort: 0,
    metricsPort: 0,
  });
  new RPCHandler(await monitor.loadRouter()).upgrade(channel.port1);
  channel.port1.start();
  client = createORPCClient(new RPCLink({ port: channel.port2 }));
  channel.port2.start();
});
afterAll(async () => {
  channel.port1.close();
  await monitor?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it('answers about itself', async () => {
  expect(await client.monitor.about()).toMatchObject({ shell: 'desktop', version: '0.0.0', dataDir });
});

it('streams a frame a tick, the first with its keys', async () => {
  const frames = await client.live.watch({ select: ['system_cpu_percent'] });
  const seen = [];
  for await (const frame of frames) {
    seen.push(frame);
    if (seen.length === 3) break;
  }
  expect(seen[0]?.keys).toBeDefined();
  expect(seen[2]?.sequence).toBeGreaterThan(seen[0]?.sequence as number);
});

it('refuses invalid input with a typed error that says what is wrong', async () => {
  const refused = await client.monitor.pause({ minutes: -1 }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ORPCError);
  expect(refused).toMatchObject({ code: 'BAD_REQUEST', status: 400 });
  const unknown = await client.live.recent({ select: [], seconds: 5 }).catch((error: unknown) => error);
  expect(unknown).toMatchObject({ code: 'BAD_REQUEST' });
});

it('tells an expected failure with its kind and what to do next', async () => {
  const refused = await client.settings.import({ json: 'no json' }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ defined: true, data: { kind: 'settings-not-json', next: expect.any(String) } });
});
