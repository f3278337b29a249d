/** How the headless monitor starts, says where it is, and ends. */
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, type Headless, runHeadless, startHeadless } from '../support/headless.ts';
import { temporaryFolder } from '../support/temporary.ts';

let monitor: Headless;

beforeAll(async () => {
  monitor = await startHeadless();
});
afterAll(() => monitor.stop());

describe('starting and stopping', () => {
  it('takes the next port when one is taken, and names the holder', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    const second = await startHeadless({ ports: { api: port, metrics: 0 } });
    try {
      expect(Number(new URL(second.api).port)).not.toBe(port);
      const { ports } = (await (await fetch(`${second.api}/api/status`)).json()) as {
        ports: { wanted: number; holder?: string }[];
      };
      expect(ports[0]?.wanted).toBe(port);
      if (process.platform === 'linux') expect(ports[0]?.holder).toContain(`(${process.pid})`);
    } finally {
      await second.stop();
      holder.close();
    }
  });

  it('tells a second start where the first one answers', async () => {
    const { code, stderr } = await runHeadless(['--data-dir', monitor.dataDir]);
    expect(code).toBe(1);
    expect(stderr).toContain(monitor.api);
  });

  it('ends with 2 and the usage for an unknown option or command', async () => {
    for (const args of [['--nonsense'], ['nonsense']]) {
      const { code, stderr } = await runHeadless(args);
      expect(code).toBe(2);
      expect(stderr).toContain('Usage: hakgal-monitor');
    }
  });

  it('names a data directory that can not be made', async () => {
    const blocked = join(temporaryFolder(), 'file', 'data');
    writeFileSync(join(blocked, '..'), 'not a folder');
    const { code, stderr } = await runHeadless(['--data-dir', blocked]);
    expect(code).toBe(1);
    expect(stderr).toContain(blocked);
  });

  it('stops cleanly when asked, and keeps what it stored', async () => {
    const dataDir = temporaryFolder();
    const first = await startHeadless({ dataDir });
    await eventually(
      async () =>
        ((await (await fetch(`${first.api}/api/metrics`)).json()) as { system_cpu_percent: number | null })
          .system_cpu_percent,
      (value) => value !== null,
    );
    expect(await first.stop()).toBe(0);
    expect(existsSync(join(dataDir, 'instance.json'))).toBe(false);
    // A store that was closed has no write-ahead log left.
    expect(existsSync(join(dataDir, 'history.db-wal'))).toBe(false);
  });
});
