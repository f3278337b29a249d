/** The options of `hakgal-monitor insights`. */

import { parseArgs } from 'node:util';
import { type Outcome, ok, wrongUse } from '../contract/outcome.ts';
import { dayMs, hourMs, minuteMs, secondMs } from '../contract/shared/durations.ts';

export const insightsUsage = `Usage: hakgal-monitor insights anomalies --input FILE.csv --output FILE.csv
       hakgal-monitor insights forecast --input FILE.jsonl --step 1h --horizon 48 --output FILE.jsonl

  anomalies         columns timestamp,value; adds anomaly_score, 0 to 1; each score knows only the rows before it
  forecast          a line of JSON a series, {"id", "values"}; answers {"id", "mean", "lower80", "upper80"}
  --input FILE      - for standard input
  --output FILE     - for standard output (the default)
  --step 1h         time between two values: a number and s, m, h or d
  --horizon 48      how many values to foretell
`;

export type InsightsOptions =
  | { readonly task: 'anomalies'; readonly input: string; readonly output: string }
  | {
      readonly task: 'forecast';
      readonly input: string;
      readonly output: string;
      readonly stepInMs: number;
      readonly horizon: number;
    };

const unitsInMs: Readonly<Record<string, number>> = { s: secondMs, m: minuteMs, h: hourMs, d: dayMs };
const maxHorizon = 10_000;

/** Pure. */
export function parseInsightsOptions(args: readonly string[]): Outcome<InsightsOptions | 'help'> {
  const wrong = (message: string): Outcome<never> => wrongUse(message, 'See the options below.');
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        input: { type: 'string' },
        output: { type: 'string' },
        step: { type: 'string' },
        horizon: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) return ok('help');
    const [task, ...more] = positionals;
    if (more.length > 0 || (task !== 'anomalies' && task !== 'forecast'))
      return wrong('Say what to do: anomalies or forecast.');
    const { input, output = '-' } = values;
    if (input === undefined) return wrong('--input is missing.');
    if (task === 'anomalies') {
      if (values.step !== undefined || values.horizon !== undefined)
        return wrong('--step and --horizon belong to forecast.');
      return ok({ task, input, output });
    }
    const step = /^([1-9]\d{0,5})([smhd])$/.exec(values.step ?? '1h');
    if (step === null) return wrong('--step is a number and s, m, h or d: 1h, 5m.');
    const horizon = Number(values.horizon ?? '48');
    if (!Number.isInteger(horizon) || horizon < 1 || horizon > maxHorizon)
      return wrong(`--horizon is a whole number from 1 to ${maxHorizon}.`);
    return ok({ task, input, output, stepInMs: Number(step[1]) * (unitsInMs[step[2] as string] as number), horizon });
  } catch (error) {
    return wrong((error as Error).message);
  }
}
