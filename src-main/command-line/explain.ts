/** `hakgal-monitor explain`: why the machine was slow, of its own history or of a recorded file. */
import { existsSync, readFileSync } from 'node:fs';
import { fillInEvidence, plainFormats, sentenceOfPast } from '../contract/explanation/sentence.ts';
import { type Outcome, ok, wrongUse } from '../contract/outcome.ts';
import type { Cause } from '../explain/cause.ts';
import { explain, explainInWords } from '../explain/explain.ts';
import { readRecording } from '../explain/read-recording.ts';
import type { Recording } from '../explain/recording.ts';
import { systemClock } from '../platform/clock.ts';
import { environment } from '../platform/environment.ts';
import { dataPaths, defaultDataDir } from '../platform/paths.ts';
import { systemLocale } from '../settings/language.ts';
import { type ExplainOptions, explainUsage, parseExplainOptions } from './explain-options.ts';
import { readPast } from './read-past.ts';

export async function runExplain(args: readonly string[]): Promise<number> {
  const parsed = parseExplainOptions(args, systemClock.now());
  if (!parsed.ok || parsed.value === 'help') {
    if (parsed.ok) process.stdout.write(explainUsage);
    else process.stderr.write(`${parsed.failure.message}\n\n${explainUsage}`);
    return parsed.ok ? 0 : 2;
  }
  const { of, isJson, language } = parsed.value;
  const recording = await recordingOf(of);
  if (!recording.ok) {
    process.stderr.write(`${recording.failure.message}\n${recording.failure.next}\n`);
    return 1;
  }
  const formats = plainFormats(language, systemLocale.startsWith(language) ? systemLocale : language);
  const explanation = explain(recording.value);
  const isKnown = recording.value.some(({ values }) => values.size > 0);
  const sentence =
    of.kind === 'file'
      ? explainInWords(explanation, formats)
      : sentenceOfPast({ isKnown, causes: explanation.causes }, formats);
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

async function recordingOf(of: ExplainOptions['of']): Promise<Outcome<Recording>> {
  if (of.kind === 'file') {
    try {
      return readRecording(readFileSync(of.input === '-' ? 0 : of.input, 'utf8'));
    } catch (error) {
      return wrongUse(`The recording could not be read: ${(error as Error).message}`, 'Check the path.');
    }
  }
  const { history } = dataPaths(of.dataDir ?? environment('HAKGAL_DATA_DIR') ?? defaultDataDir());
  if (!existsSync(history)) return wrongUse(`There is no history at ${history}.`, 'Name its folder with --data-dir.');
  try {
    return ok(await readPast(history, of.from, of.until));
  } catch (error) {
    return wrongUse(`The history could not be read: ${(error as Error).message}`, 'Try again.');
  }
}
