/** The options of `hakgal-monitor explain`. */
import { parseArgs } from 'node:util';
import { type Outcome, ok, wrongUse } from '../contract/outcome.ts';
import type { Language } from '../contract/text/text.ts';
import { languageOf } from '../settings/language.ts';
import { momentOf, timeUsage } from './moment.ts';

export const explainUsage = `Usage: hakgal-monitor explain [--from TIME] [--to TIME] [options]
       hakgal-monitor explain --input FILE.jsonl [options]

  --from, --to TIME ${timeUsage};
                    of this machine's own history (the last 10 minutes; at most 6 hours)
  --input FILE      a recording, a line of JSON a second: {"at", "values": {series: number},
                    "processes": [{"pid", "parent", "name", "command", "cpu_cores", "memory_bytes", "disk_bytes_per_second"}]};
                    - for standard input
  --json            {"sentence", "causes": [{"kind", "name", "pid", "confidence", "evidence"}]}, best first
  --language en|de  (the system's, else English)
  --data-dir DIR    (HAKGAL_DATA_DIR)
`;

export interface ExplainOptions {
  readonly of:
    | { readonly kind: 'file'; readonly input: string }
    | { readonly kind: 'past'; readonly from: number; readonly until: number; readonly dataDir: string | undefined };
  readonly isJson: boolean;
  readonly language: Language;
}

const defaultMs = 10 * 60_000;
const maxHours = 6;

/** Pure; `now` in ms since the epoch. */
export function parseExplainOptions(args: readonly string[], now: number): Outcome<ExplainOptions | 'help'> {
  const wrong = (message: string): Outcome<never> => wrongUse(message, 'See the options below.');
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        input: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        json: { type: 'boolean' },
        language: { type: 'string' },
        'data-dir': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) return ok('help');
    const { language = languageOf('system'), input } = values;
    if (language !== 'en' && language !== 'de') return wrong(`"${language}" is no language of this app.`);
    const rest: Pick<ExplainOptions, 'isJson' | 'language'> = { isJson: values.json === true, language };
    if (input !== undefined) {
      if (values.from !== undefined || values.to !== undefined) return wrong('--input has no --from and --to.');
      return ok({ of: { kind: 'file', input }, ...rest });
    }
    const until = values.to === undefined ? now : momentOf(values.to, now);
    const from = values.from === undefined ? until - defaultMs : momentOf(values.from, now);
    if (Number.isNaN(until)) return wrong(`"${values.to}" is no time for --to.`);
    if (Number.isNaN(from)) return wrong(`"${values.from}" is no time for --from.`);
    if (from >= until) return wrong('--from must lie before --to.');
    if (until - from > maxHours * 3_600_000) return wrong(`--from and --to lie more than ${maxHours} hours apart.`);
    return ok({ of: { kind: 'past', from, until, dataDir: values['data-dir'] }, ...rest });
  } catch (error) {
    return wrong((error as Error).message);
  }
}
