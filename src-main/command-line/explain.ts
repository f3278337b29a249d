/** `hakgal-monitor explain`: why the machine is or was slow, of a recorded file. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fillInEvidence, plainFormats } from '../contract/explanation/sentence.ts';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import type { Language } from '../contract/text/text.ts';
import type { Cause } from '../explain/cause.ts';
import { explain, explainInWords } from '../explain/explain.ts';
import { readRecording } from '../explain/read-recording.ts';
import { languageOf, systemLocale } from '../settings/language.ts';

export const explainUsage = `Usage: hakgal-monitor explain --input FILE.jsonl [options]

  --input FILE      a recording, a line of JSON a second: {"at", "values": {series: number},
                    "processes": [{"pid", "parent", "name", "command", "cpu_cores", "memory_bytes", "disk_bytes_per_second"}]};
                    - for standard input
  --json            {"sentence", "causes": [{"kind", "name", "pid", "confidence", "evidence"}]}, best first
  --language en|de  (the system's, else English)
`;

export interface ExplainOptions {
  readonly input: string;
  readonly isJson: boolean;
  readonly language: Language;
}

/** Pure. */
export function parseExplainOptions(args: readonly string[]): Outcome<ExplainOptions | 'help'> {
  const wrong = (message: string): Outcome<never> => failed('wrong-use', message, 'See the options below.');
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        input: { type: 'string' },
        json: { type: 'boolean' },
        language: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) return ok('help');
    if (values.input === undefined) return wrong('--input is missing.');
    const { language = languageOf('system') } = values;
    if (language !== 'en' && language !== 'de') return wrong(`"${language}" is no language of this app.`);
    return ok({ input: values.input, isJson: values.json === true, language });
  } catch (error) {
    return wrong((error as Error).message);
  }
}

export async function runExplain(args: readonly string[]): Promise<number> {
  const parsed = parseExplainOptions(args);
  if (!parsed.ok || parsed.value === 'help') {
    if (parsed.ok) process.stdout.write(explainUsage);
    else process.stderr.write(`${parsed.failure.message}\n\n${explainUsage}`);
    return parsed.ok ? 0 : 2;
  }
  const { input, isJson, language } = parsed.value;
  let text: string;
  try {
    text = readFileSync(input === '-' ? 0 : input, 'utf8');
  } catch (error) {
    process.stderr.write(`The recording could not be read: ${(error as Error).message}\n`);
    return 1;
  }
  const recording = readRecording(text);
  if (!recording.ok) {
    process.stderr.write(`${recording.failure.message}\n${recording.failure.next}\n`);
    return 1;
  }
  const formats = plainFormats(language, systemLocale.startsWith(language) ? systemLocale : language);
  const explanation = explain(recording.value);
  const sentence = explainInWords(explanation, formats);
  const sayCause = (cause: Cause): string[] => cause.evidence.map((evidence) => fillInEvidence(evidence, formats));
  if (isJson) {
    const causes = explanation.causes.map((cause) => ({
      kind: cause.kind,
      name: cause.name,
      pid: cause.pid,
      confidence: Math.round(cause.confidence * 100) / 100,
      since: new Date(cause.since).toISOString(),
      until: cause.until === null ? null : new Date(cause.until).toISOString(),
      statement: fillInEvidence(cause.statement, formats),
      evidence: sayCause(cause),
    }));
    process.stdout.write(`${JSON.stringify({ sentence, causes }, null, 2)}\n`);
  } else {
    const [first, ...others] = explanation.causes;
    const lines = [
      sentence,
      ...(first === undefined ? [] : sayCause(first).map((line) => `  ${line}`)),
      ...others.map((cause) => fillInEvidence(cause.statement, formats)),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  return 0;
}
