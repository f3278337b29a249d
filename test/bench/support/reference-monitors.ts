/** Other monitors from Debian, each as its users run it, sampling once a second beside ours. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireDebian } from '../../support/peers/debian.ts';

const exporterAddress = '127.0.0.1:19992';

interface ReferenceMonitor {
  readonly name: string;
  readonly packageName: string;
  readonly binary: string;
  readonly parameters: (folder: string) => readonly string[];
  /** Asked every second, as a Prometheus does. */
  readonly scraped?: string;
}

const references: readonly ReferenceMonitor[] = [
  {
    name: 'glances',
    packageName: 'glances',
    binary: 'glances',
    parameters: (folder) => [
      ...['--quiet', '--time', '1'],
      ...['--export', 'csv', '--export-csv-file', join(folder, 'glances.csv')],
    ],
  },
  {
    name: 'netdata',
    packageName: 'netdata-core',
    binary: 'netdata',
    parameters: () => ['-D', '-i', '127.0.0.1', '-p', '19991'],
  },
  {
    name: 'node_exporter scraped at 1 s',
    packageName: 'prometheus-node-exporter',
    binary: 'prometheus-node-exporter',
    parameters: () => [`--web.listen-address=${exporterAddress}`],
    scraped: `http://${exporterAddress}/metrics`,
  },
];

export interface RunningReferences extends Disposable {
  readonly running: readonly { readonly name: string; readonly child: ChildProcess }[];
  /** Why the others are not. */
  readonly missing: readonly string[];
}

export function startReferences(): RunningReferences {
  const folder = mkdtempSync(join(tmpdir(), 'hakgal-references-'));
  const running: { name: string; child: ChildProcess }[] = [];
  const missing: string[] = [];
  const timers: NodeJS.Timeout[] = [];
  for (const { name, packageName, binary, parameters, scraped } of references) {
    const program = requireDebian(packageName, binary);
    if ('missing' in program) {
      missing.push(program.missing);
      continue;
    }
    running.push({ name, child: spawn(program.path, parameters(folder), { stdio: 'ignore', cwd: folder }) });
    if (scraped !== undefined) timers.push(setInterval(() => void scrape(scraped), 1_000));
  }
  return {
    running,
    missing,
    [Symbol.dispose]() {
      for (const timer of timers) clearInterval(timer);
      for (const { child } of running) child.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function scrape(url: string): Promise<void> {
  try {
    await (await fetch(url)).text();
  } catch {
    // Not listening yet, or no longer.
  }
}
