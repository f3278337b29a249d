/** The options of `hakgal-monitor [run]`, from the command line and their twins in the environment. Pure. */
import { parseArgs } from 'node:util';
import { type Outcome, ok, wrongUse } from '../contract/outcome.ts';

export interface RunOptions {
  readonly dataDir: string | undefined;
  /** 0: any free port. Undefined: what the settings say. */
  readonly apiPort: number | undefined;
  readonly metricsPort: number | undefined;
  readonly isDemo: boolean;
  readonly isJson: boolean;
  readonly wantsHelp: boolean;
  readonly wantsVersion: boolean;
}

export const usage = `Usage: hakgal-monitor [run] [options]
       hakgal-monitor doctor diagnose|repair|undo|backups FILE [options]
       hakgal-monitor export --from TIME --to TIME [--series NAME,…] [--format csv|json] [--output FILE]
       hakgal-monitor import FILE
       hakgal-monitor explain [--from TIME --to TIME | --input FILE.jsonl] [--json]   why it was slow
       hakgal-monitor insights anomalies|forecast --input FILE --output FILE [options]
       hakgal-monitor open [--print]                opens the dashboard, signed in
       hakgal-monitor token [--renew]               shows the token of programs, or makes a new one

Options of run:
  --data-dir DIR      where settings, history and logs lie       (HAKGAL_DATA_DIR)
  --api-port N        port of dashboard and API, 0: any free     (HAKGAL_API_PORT, 5000)
  --metrics-port N    port of /metrics, 0: any free              (HAKGAL_METRICS_PORT, 8000)
  --demo              watch a sample knowledge base with a real workload
  --json              print one line of JSON when ready
  --version, --help

Exit codes: 0 fine, 1 failed, 2 wrong use, 3 damaged (doctor diagnose).
`;

export function parseRunOptions(
  args: readonly string[],
  environment: (name: string) => string | undefined,
): Outcome<RunOptions> {
  let values: Record<string, string | boolean | undefined>;
  try {
    values = parseArgs({
      args: [...args],
      options: {
        'data-dir': { type: 'string' },
        'api-port': { type: 'string' },
        'metrics-port': { type: 'string' },
        demo: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
      allowPositionals: false,
    }).values;
  } catch (error) {
    return wrongUse((error as Error).message, 'See the options below.');
  }
  const ports: Record<'api' | 'metrics', number | undefined> = { api: undefined, metrics: undefined };
  for (const name of ['api', 'metrics'] as const) {
    const text = (values[`${name}-port`] as string | undefined) ?? environment(`HAKGAL_${name.toUpperCase()}_PORT`);
    if (text === undefined) continue;
    const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (!(port <= 65_535))
      return wrongUse(`"${text}" is not a port for --${name}-port.`, 'Give a number from 0 to 65535.');
    ports[name] = port;
  }
  return ok({
    dataDir: (values['data-dir'] as string | undefined) ?? environment('HAKGAL_DATA_DIR'),
    apiPort: ports.api,
    metricsPort: ports.metrics,
    isDemo: values.demo === true,
    isJson: values.json === true,
    wantsHelp: values.help === true,
    wantsVersion: values.version === true,
  });
}
