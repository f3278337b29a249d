/** `hakgal-monitor import FILE`: takes in what `export` wrote. Bad lines are counted and told, good ones kept. */
import { createReadStream, statSync } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { parseArgs } from 'node:util';
import { answersHealth } from '../http/answers-health.ts';
import { systemClock } from '../platform/clock.ts';
import { makeDataDir } from '../platform/data-folder.ts';
import { environment } from '../platform/environment.ts';
import { takeInstanceLock } from '../platform/instance-lock.ts';
import { dataPaths, defaultDataDir } from '../platform/paths.ts';
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
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  let imported: Imported;
  try {
    const settings = openSettings(paths.settings, systemClock).current.store;
    const store = await openStore(paths.history, { settings: { ...settings, keepsBackup: false } });
    try {
      imported = await importTable(store, told(open(path, controller.signal)));
    } finally {
      await store.close();
    }
  } catch (error) {
    if (controller.signal.aborted) {
      process.stderr.write(
        '\nCancelled. What was read so far is kept; importing the file again adds what is missing.\n',
      );
      return 1;
    }
    process.stderr.write(`${path} could not be imported: ${(error as Error).message}\n`);
    return 1;
  }
  for (const { line, reason } of imported.badLines) process.stderr.write(`line ${line}: ${reason}\n`);
  process.stdout.write(
    `${imported.samples} samples of ${imported.series} series in ${imported.ticks} ticks imported, ${imported.badLineCount} bad lines left out.\n`,
  );
  if (imported.costs > 0) process.stdout.write(`${imported.costs} entries of the ledger of AI calls imported.\n`);
  return imported.ticks > 0 || imported.badLineCount === 0 ? 0 : 1;
}

interface Table {
  readonly bytes: AsyncIterable<Buffer>;
  /** Undefined where it has no end that is known, as of a pipe. */
  readonly size: number | undefined;
}

function open(path: string, signal: AbortSignal): Table {
  const isPipe = path === '-';
  const bytes = addAbortSignal(signal, isPipe ? process.stdin : createReadStream(path));
  return { bytes, size: isPipe ? undefined : statSync(path).size };
}

/** The same bytes; who sits at a terminal sees how far they are. */
async function* told({ bytes, size }: Table): AsyncGenerator<Buffer> {
  const startedAt = systemClock.monotonic();
  let done = 0;
  let shown = '';
  for await (const chunk of bytes) {
    yield chunk;
    done += chunk.length;
    const text = progressText(done, size, systemClock.monotonic() - startedAt);
    if (!process.stderr.isTTY || text === shown) continue;
    shown = text;
    process.stderr.write(`\r${text}\u001b[K`);
  }
  if (shown !== '') process.stderr.write('\n');
}

function progressText(done: number, size: number | undefined, elapsedMs: number): string {
  if (size === undefined || size === 0) return `${Math.round(done / 1e6)} MB read`;
  const left = (elapsedMs / done) * Math.max(0, size - done);
  return `${Math.floor((100 * done) / size)} %, about ${Math.ceil(left / 1_000)} s left`;
}
