/** A real Prometheus from Debian scrapes us and gives a value back. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contractNames } from '../../src-main/sampling/well-known-metrics.ts';
import { requireDebian } from '../support/debian.ts';
import { eventually, startHeadless } from '../support/headless.ts';
import { temporaryFolder } from '../support/temporary.ts';

const prometheus = requireDebian('prometheus', 'prometheus');
const promtool = requireDebian('prometheus', 'promtool');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

it.skipIf('missing' in prometheus)(
  `Prometheus scrapes it${'missing' in prometheus ? ` (skipped: ${prometheus.missing})` : ''}`,
  async () => {
    if ('missing' in prometheus) return;
    const folder = temporaryFolder();
    const monitor = await startHeadless({ args: ['--demo'] });
    const target = new URL(monitor.metrics).host;
    const config = join(folder, 'prometheus.yml');
    writeFileSync(
      config,
      `scrape_configs:\n  - job_name: hakgal\n    scrape_interval: 1s\n    static_configs:\n      - targets: ['${target}']\n`,
    );
    const port = await freePort();
    const server = spawn(
      prometheus.path,
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: 'ignore' },
    );
    try {
      const query = async (text: string): Promise<string | undefined> => {
        const response = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(text)}`).catch(
          () => undefined,
        );
        const body = (await response?.json()) as { data?: { result?: { value: [number, string] }[] } } | undefined;
        return body?.data?.result?.[0]?.value[1];
      };
      expect(
        await eventually(
          () => query('up{job="hakgal"}'),
          (value) => value === '1',
          30_000,
        ),
      ).toBe('1');
      const cpu = await eventually(
        () => query('hakgal_system_cpu_percent'),
        (value) => value !== undefined,
      );
      expect(Number(cpu)).toBeGreaterThanOrEqual(0);
      expect(
        Number(
          await eventually(
            () => query('hakgal_cache_hits_total'),
            (value) => Number(value) > 0,
          ),
        ),
      ).toBeGreaterThan(0);
    } finally {
      server.kill();
      await once(server, 'exit');
      await monitor.stop();
    }
  },
  90_000,
);

it.skipIf('missing' in promtool)(
  `promtool finds nothing to say but about the contract's own names${'missing' in promtool ? ` (skipped: ${promtool.missing})` : ''}`,
  async () => {
    if ('missing' in promtool) return;
    const monitor = await startHeadless({ args: ['--demo'] });
    try {
      const text = await eventually(
        async () => (await fetch(monitor.metrics)).text(),
        (body) => body.includes('hakgal_cache_hit_ratio') && body.includes('hakgal_processes'),
      );
      let complaints = '';
      try {
        execFileSync(promtool.path, ['check', 'metrics'], { input: text, stdio: ['pipe', 'pipe', 'pipe'] });
      } catch (error) {
        complaints =
          String((error as { stdout: Buffer; stderr: Buffer }).stdout) + String((error as { stderr: Buffer }).stderr);
      }
      const unexpected = complaints
        .split('\n')
        .filter((line) => line !== '' && !contractNames.some((name) => line.startsWith(`hakgal_${name} `)));
      expect(unexpected).toEqual([]);
    } finally {
      await monitor.stop();
    }
  },
  60_000,
);
