/** `hakgal-monitor import FILE`: takes in what `export` wrote. Bad lines are counted and told, good ones kept. */
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { answersHealth } from '../http/answers-health.ts';
import { systemClock } from '../platform/clock.ts';
import { environment } from '../platform/environment.ts';
import { takeInstanceLock } from '../platform/instance-lock.ts';
import { dataPaths, defaultDataDir, makeDataDir } from '../platform/paths.ts';
import { openSettings } from '../settings/settings-store.ts';
import { openStore } from '../store/open-store.ts';
import { type Imported, importTable } from '../store/transfer/import-table.ts';

export const importUsage = `Usage: hakgal-monitor import FILE [--data-dir DIR]

FILE is what "hakgal-monitor export" writes, CSV or JSON; "-" is standard input. The monitor must not run meanwhile.
`;

export async function runImport(args: readonly string[]): Promise<number> {
  let parsed: {
    readonly values: { readonly 'data-dir'?: string; readonly help?: boolean };
    readonly positionals: readonly string[];
  };
  try {
    parsed = parseArgs({
      args: [...args],
      options: { 'data-dir': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${importUsage}`);
    return 2;
  }
  const [path] = parsed.positionals;
  if (parsed.values.help === true || path === undefined || parsed.positionals.length > 1) {
    (parsed.values.help === true ? process.stdout : process.stderr).write(importUsage);
    return parsed.values.help === true ? 0 : 2;
  }
  const dataDir = parsed.values['data-dir'] ?? environment('HAKGAL_DATA_DIR') ?? defaultDataDir();
  const paths = dataPaths(dataDir);
  makeDataDir(dataDir);
  const taken = await takeInstanceLock(paths.instance, answersHealth);
  if ('holder' in taken) {
    process.stderr.write(`The monitor runs on ${dataDir} (process ${taken.holder.pid}). Stop it, then import.\n`);
    return 1;
  }
  using _lock = taken.lock;
  let imported: Imported;
  try {
    const settings = openSettings(paths.settings, systemClock).current.store;
    const store = await openStore(paths.history, { settings: { ...settings, keepsBackup: false } });
    try {
      imported = await importTable(store, path === '-' ? process.stdin : createReadStream(path));
    } finally {
      await store.close();
    }
  } catch (error) {
    process.stderr.write(`${path} could not be imported: ${(error as Error).message}\n`);
    return 1;
  }
  for (const { line, reason } of imported.badLines) process.stderr.write(`line ${line}: ${reason}\n`);
  process.stdout.write(
    `${imported.samples} samples of ${imported.series} series in ${imported.ticks} ticks imported, ${imported.badLineCount} bad lines left out.\n`,
  );
  return imported.ticks > 0 || imported.badLineCount === 0 ? 0 : 1;
}
