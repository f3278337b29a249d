/** A real Prometheus from Debian scrapes the demo, and gives its values back; promtool reads what we serve and ship. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportRulesPrometheus } from '../../src-main/alerts/rule-book/export-rules.ts';
import { shippedRules } from '../../src-main/alerts/rules/index.ts';
import { contractNames } from '../../src-main/sampling/well-known-metrics.ts';
import { eventually, type Headless, startHeadless } from '../support/headless.ts';
import { requireDebian } from '../support/peers/debian.ts';
import { temporaryFolder } from '../support/temporary.ts';

const prometheus = requireDebian('prometheus', 'prometheus');
const promtool = requireDebian('prometheus', 'promtool');
const resources = join(import.meta.dirname, '..', '..', 'resources');
const because = 'missing' in prometheus ? ` (skipped: ${prometheus.missing})` : '';

let monitor: Headless;
beforeAll(async () => {
  monitor = await startHeadless({ args: ['--demo'] });
});
afterAll(() => monitor.stop());

const exposition = (isComplete: (text: string) => boolean): Promise<string> =>
  eventually(async () => (await fetch(monitor.metrics)).text(), isComplete, 60_000);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

interface Answer {
  readonly status: string;
  readonly data?: { readonly result?: readonly { readonly value: readonly [number, string] }[] };
}

it.skipIf('missing' in prometheus)(
  `Prometheus scrapes it, and understands every query of the Grafana dashboard${because}`,
  async () => {
    if ('missing' in prometheus) return;
    const folder = temporaryFolder();
    const config = join(folder, 'prometheus.yml');
    writeFileSync(
      config,
      `scrape_configs:\n  - job_name: hakgal\n    scrape_interval: 1s\n    static_configs:\n      - targets: ['${new URL(monitor.metrics).host}']\n`,
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
      const ask = async (query: string): Promise<Answer | undefined> => {
        const address = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`;
        return (await fetch(address).catch(() => undefined))?.json() as Promise<Answer | undefined>;
      };
      const askUntil = (query: string, isThere: (value: number) => boolean): Promise<number> =>
        eventually(async () => Number((await ask(query))?.data?.result?.[0]?.value[1]), isThere, 60_000);

      expect(await askUntil('up{job="hakgal"}', (value) => value === 1)).toBe(1);
      expect(await askUntil('hakgal_system_cpu_percent', (value) => value >= 0)).toBeGreaterThanOrEqual(0);
      expect(await askUntil('hakgal_cache_hits_total', (value) => value > 0)).toBeGreaterThan(0);
      for (const query of dashboardQueries()) expect(await ask(query), query).toMatchObject({ status: 'success' });
    } finally {
      server.kill();
      await once(server, 'exit');
    }
  },
  180_000,
);

function dashboardQueries(): string[] {
  const { panels } = JSON.parse(readFileSync(join(resources, 'grafana', 'hakgal-monitor.json'), 'utf8')) as {
    panels: { targets: { expr: string }[] }[];
  };
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
}

it('every metric that the Grafana dashboard shows is one that can be served', async () => {
  const response = await fetch(`${monitor.api}/rpc/metrics/list`, {
    method: 'POST',
    headers: { authorization: `Bearer ${monitor.token}`, 'content-type': 'application/json' },
    body: '{}',
  });
  const { json } = (await response.json()) as { json: { name: string }[] };
  const known = new Set(json.map(({ name }) => `hakgal_${name}`));
  const shown = dashboardQueries().flatMap((query) => query.match(/\bhakgal_\w+/g) ?? []);
  expect(shown.filter((name) => !known.has(name))).toEqual([]);
});

it('the rule file for Prometheus says what the rules say', async () => {
  // After a change of the rules `vitest -u` writes it anew.
  await expect(exportRulesPrometheus(shippedRules)).toMatchFileSnapshot(
    join(resources, 'prometheus', 'hakgal-monitor.rules.yml'),
  );
});

it.skipIf('missing' in promtool)(
  `promtool finds nothing to say but about the contract's own names${because}`,
  async () => {
    if ('missing' in promtool) return;
    const text = await exposition(
      (body) => body.includes('hakgal_cache_hit_ratio') && body.includes('hakgal_processes'),
    );
    let complaints = '';
    try {
      execFileSync(promtool.path, ['check', 'metrics'], { input: text, stdio: ['pipe', 'pipe', 'pipe'] });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
      complaints = String(stdout) + String(stderr);
    }
    const unexpected = complaints
      .split('\n')
      .filter((line) => line !== '' && !contractNames.some((name) => line.startsWith(`hakgal_${name} `)));
    expect(unexpected).toEqual([]);
  },
  90_000,
);
