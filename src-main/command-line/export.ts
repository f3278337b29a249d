/** `hakgal-monitor export`: history as CSV or JSON, on standard output or into a file; also while the monitor runs. */

import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type ExportQuery, exportQuerySchema } from '../contract/history.ts';
import { type Outcome, ok, wrongUse } from '../contract/outcome.ts';
import { systemClock } from '../platform/clock.ts';
import { environment } from '../platform/environment.ts';
import { dataPaths, defaultDataDir } from '../platform/paths.ts';
import { exportFile, findSeries } from '../store/read-only.ts';
import { momentOf, timeUsage } from './moment.ts';

export const exportUsage = `Usage: hakgal-monitor export [options]

  --from TIME, --to TIME   ${timeUsage}
                           (without them: everything up to now)
  --series NAME,…          metrics or single series; may be repeated (without it: all)
  --format csv|json        (csv)
  --output FILE            (standard output)
  --data-dir DIR           (HAKGAL_DATA_DIR)
`;

export interface ExportOptions {
  readonly query: ExportQuery;
  readonly output: string | undefined;
  readonly dataDir: string | undefined;
}

/** Pure. */
export function parseExportOptions(args: readonly string[], now: number): Outcome<ExportOptions | 'help'> {
  const wrong = (message: string): Outcome<never> => wrongUse(message, 'See the options below.');
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        series: { type: 'string', multiple: true },
        format: { type: 'string' },
        output: { type: 'string' },
        'data-dir': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch (error) {
    return wrong((error as Error).message);
  }
  if (values.help === true) return ok('help');
  const time = (name: 'from' | 'to', otherwise: number): number =>
    values[name] === undefined ? otherwise : momentOf(values[name] as string, now);
  const [from, until] = [time('from', 0), time('to', now)];
  for (const [name, at] of [
    ['from', from],
    ['to', until],
  ] as const)
    if (Number.isNaN(at)) return wrong(`"${values[name]}" is no time for --${name}.`);
  const parsed = exportQuerySchema.safeParse({
    series: ((values.series as string[] | undefined) ?? []).flatMap(splitSelectors),
    from,
    until,
    ...(values.format !== undefined && { format: values.format }),
  });
  if (!parsed.success)
    return wrong(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  return ok({
    query: parsed.data,
    output: values.output as string | undefined,
    dataDir: values['data-dir'] as string | undefined,
  });
}

export async function runExport(args: readonly string[]): Promise<number> {
  const parsed = parseExportOptions(args, systemClock.now());
  if (!parsed.ok || parsed.value === 'help') {
    if (parsed.ok) process.stdout.write(exportUsage);
    else process.stderr.write(`${parsed.failure.message}\n\n${exportUsage}`);
    return parsed.ok ? 0 : 2;
  }
  const { query, output, dataDir } = parsed.value;
  const { history } = dataPaths(dataDir ?? environment('HAKGAL_DATA_DIR') ?? defaultDataDir());
  if (!existsSync(history)) {
    process.stderr.write(`There is no history at ${history}.\n`);
    return 1;
  }
  let series: readonly string[];
  try {
    const { found, unknown } = findSeries(history, query.series);
    if (unknown.length > 0) {
      process.stderr.write(`The history has no series ${unknown.join(', ')}.\nWithout --series, all are exported.\n`);
      return 2;
    }
    series = found;
  } catch (error) {
    process.stderr.write(`The history could not be read: ${(error as Error).message}\n`);
    return 1;
  }
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort(new Error('Cancelled')));
  const target = output === undefined ? process.stdout : createWriteStream(output);
  const failure = once(target, 'error').then(([error]) => {
    controller.abort(error as Error);
  });
  failure.catch(() => {});
  const showsProgress = output !== undefined && process.stderr.isTTY;
  let samples = 0;
  try {
    for await (const piece of exportFile(history, { ...query, series: [...series] }, controller.signal)) {
      if (!target.write(piece.text)) await once(target, 'drain', { signal: controller.signal });
      samples = piece.samples;
      if (showsProgress) process.stderr.write(`\r${Math.round(piece.progress * 100)} %, ${samples} samples`);
    }
    if (output !== undefined) {
      target.end();
      await once(target, 'close');
    }
  } catch (error) {
    // A reader that has seen enough (head, less) closes the pipe; that is no failure.
    if (((controller.signal.reason ?? error) as NodeJS.ErrnoException).code === 'EPIPE') return 0;
    process.stderr.write(`The history could not be exported: ${(error as Error).message}\n`);
    return 1;
  }
  process.stderr.write(`${showsProgress ? '\r' : ''}${samples} samples exported.\n`);
  return 0;
}

/** Commas part selectors, but not those within the braces of one. */
const splitSelectors = (text: string): string[] => text.match(/[^,{]+(?:\{[^}]*\})?/g) ?? [];
