/** `hakgal-monitor insights`: what is unusual in a recorded series, and what comes next, by the code of the app. */
import { readFileSync, writeFileSync } from 'node:fs';
import { assertNever, type Outcome } from '../contract/outcome.ts';
import { markAnomalies } from '../insights/detect/mark-anomalies.ts';
import { forecastLines } from '../insights/forecast/forecast-lines.ts';
import { type InsightsOptions, insightsUsage, parseInsightsOptions } from './insights-options.ts';

export async function runInsights(args: readonly string[]): Promise<number> {
  const parsed = parseInsightsOptions(args);
  if (!parsed.ok || parsed.value === 'help') {
    if (parsed.ok) process.stdout.write(insightsUsage);
    else process.stderr.write(`${parsed.failure.message}\n\n${insightsUsage}`);
    return parsed.ok ? 0 : 2;
  }
  const options = parsed.value;
  let text: string;
  try {
    text = readFileSync(options.input === '-' ? 0 : options.input, 'utf8');
  } catch (error) {
    process.stderr.write(`The input could not be read: ${(error as Error).message}\n`);
    return 1;
  }
  const result = answer(options, text);
  if (!result.ok) {
    process.stderr.write(`${result.failure.message}\n${result.failure.next}\n`);
    return 1;
  }
  if (options.output === '-') process.stdout.write(result.value);
  else {
    try {
      writeFileSync(options.output, result.value);
    } catch (error) {
      process.stderr.write(`The output could not be written: ${(error as Error).message}\n`);
      return 1;
    }
  }
  return 0;
}

function answer(options: InsightsOptions, text: string): Outcome<string> {
  switch (options.task) {
    case 'anomalies':
      return markAnomalies(text);
    case 'forecast':
      return forecastLines(text, { stepInMs: options.stepInMs, horizon: options.horizon });
    default:
      return assertNever(options);
  }
}
