/** Options of commands that concern a running monitor: its data directory, and flags. Pure. */
import { parseArgs } from 'node:util';
import { type Outcome, ok, wrongUse } from '../contract/outcome.ts';
import { defaultDataDir } from '../platform/paths.ts';

export function parseDataDirOptions(
  args: readonly string[],
  flags: readonly string[],
  environment: (name: string) => string | undefined,
): Outcome<{ readonly dataDir: string; readonly flags: ReadonlySet<string> }> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'data-dir': { type: 'string' },
        ...Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' as const }])),
      },
    }) as { values: Readonly<Record<string, string | boolean | undefined>> };
    const dataDir = values['data-dir'] ?? environment('HAKGAL_DATA_DIR') ?? defaultDataDir();
    return ok({ dataDir: String(dataDir), flags: new Set(flags.filter((flag) => values[flag] === true)) });
  } catch (error) {
    return wrongUse((error as Error).message, 'See the options below.');
  }
}
