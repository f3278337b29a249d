/** A file with a series of JSON a line, and a forecast for each. */
import { z } from 'zod';
import { type Outcome, ok, wrongUse } from '../../contract/outcome.ts';
import { type ForecastOptions, forecastSeries } from './forecast-series.ts';

const seriesLine = z.object({ id: z.union([z.string(), z.number()]), values: z.array(z.number()).min(1) });

export function forecastLines(text: string, options: ForecastOptions): Outcome<string> {
  const answers: string[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    const series = readSeries(line);
    if (series === null)
      return wrongUse(
        `Line ${index + 1} is no series.`,
        'Each line must read {"id": "…", "values": [1, 2, …]}, every value a number.',
      );
    const { mean, lower80, upper80, method, skill } = forecastSeries(series.values, options);
    answers.push(JSON.stringify({ id: series.id, mean, lower80, upper80, method, skill }));
  }
  return ok(answers.map((answer) => `${answer}\n`).join(''));
}

function readSeries(line: string): z.infer<typeof seriesLine> | null {
  try {
    return seriesLine.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
