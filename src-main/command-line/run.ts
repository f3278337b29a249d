/** `hakgal-monitor [run]`: start, say where it answers, go on until told to stop. */
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { answersHealth } from '../http/answers-health.ts';
import { startMonitor } from '../monitor.ts';
import { systemClock } from '../platform/clock.ts';
import { makeDataDir } from '../platform/data-folder.ts';
import { endRequested } from '../platform/end-process.ts';
import { environment } from '../platform/environment.ts';
import { type InstanceLock, takeInstanceLock } from '../platform/instance-lock.ts';
import { dataPaths, defaultDataDir } from '../platform/paths.ts';
import { productVersion } from '../platform/product.ts';
import { parseRunOptions, type RunOptions, usage } from './run-options.ts';
import { signedInAddress } from './signed-in-address.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${text}\n`);

export async function runMonitor(args: readonly string[]): Promise<number> {
  const parsed = parseRunOptions(args, environment);
  if (!parsed.ok) {
    complain(`${parsed.failure.message}\n\n${usage}`);
    return 2;
  }
  const options = parsed.value;
  if (options.wantsHelp) {
    say(usage);
    return 0;
  }
  if (options.wantsVersion) {
    say(productVersion());
    return 0;
  }
  const dataDir = options.dataDir ?? defaultDataDir();
  try {
    makeDataDir(dataDir);
    accessSync(dataDir, constants.W_OK);
  } catch (error) {
    complain(
      `The data directory ${dataDir} can't be used: ${(error as Error).message}\nMake it yours and writable, or name another one with --data-dir.`,
    );
    return 1;
  }
  const taken = await takeInstanceLock(dataPaths(dataDir).instance, answersHealth);
  if ('holder' in taken) {
    const { pid, dashboard } = taken.holder;
    const where =
      dashboard === null
        ? 'It is just starting.'
        : `  Dashboard   ${signedInAddress(dataPaths(dataDir).token, dashboard)}`;
    complain(`HAKGAL Monitor already runs on ${dataDir} (process ${pid}).\n${where}`);
    return 1;
  }
  using lock = taken.lock;
  return await run(options, dataDir, lock);
}

async function run(options: RunOptions, dataDir: string, lock: InstanceLock): Promise<number> {
  const signal = endRequested();
  let monitor: Awaited<ReturnType<typeof startMonitor>>;
  try {
    monitor = await startMonitor({
      clock: systemClock,
      dataDir,
      shell: 'headless',
      version: productVersion(),
      isDemo: options.isDemo,
      signal,
      ...(options.apiPort !== undefined && { apiPort: options.apiPort }),
      ...(options.metricsPort !== undefined && { metricsPort: options.metricsPort }),
    });
  } catch (error) {
    complain(`HAKGAL Monitor could not start: ${(error as Error).message}`);
    return 1;
  }
  const { dashboardUrl, apiUrl, metricsUrl } = monitor.addresses;
  if (apiUrl !== null) lock.announce(apiUrl);
  if (options.isJson) {
    say(
      JSON.stringify({
        ready: true,
        pid: process.pid,
        dashboard: dashboardUrl,
        api: apiUrl,
        metrics: metricsUrl,
        dataDir,
      }),
    );
  } else {
    say(
      `HAKGAL Monitor runs.\n  Dashboard   ${dashboardUrl ?? 'not reachable: see the log'}\n  Prometheus  ${metricsUrl ?? 'not reachable: see the log'}\n  Data        ${dataDir}`,
    );
    for (const port of monitor.ports) {
      if (port.actual !== null && port.wanted !== 0 && port.actual !== port.wanted)
        say(
          `  Port ${port.wanted} is taken${port.holder === undefined ? '' : ` by ${port.holder}`}; ${port.name} uses ${port.actual}.`,
        );
    }
    say('Stop it with Ctrl+C.');
  }
  if (!signal.aborted) await once(signal, 'abort');
  const { hung } = await monitor.stop();
  if (hung.length > 0) complain(`Did not end in time: ${hung.join(', ')}. What was measured is stored.`);
  else if (!options.isJson) say('HAKGAL Monitor has stopped.');
  return 0;
}
