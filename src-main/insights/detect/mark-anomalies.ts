/** A CSV file with timestamp and value, and the same rows with their anomaly_score. */
import { type Outcome, ok, wrongUse } from '../../contract/outcome.ts';
import { createDetector, judgePoint } from './anomaly-detector.ts';

/** A row without a readable number or time keeps its place with an empty score: unknown is not 0. */
export function markAnomalies(text: string): Outcome<string> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  const header = (lines[0] ?? '').split(',').map((name) =>
    name
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .toLowerCase(),
  );
  const [timeAt, valueAt] = [header.indexOf('timestamp'), header.indexOf('value')];
  if (timeAt < 0 || valueAt < 0)
    return wrongUse('The file has no columns timestamp and value.', 'Its first line must name them: timestamp,value');
  const state = createDetector();
  const rows = lines.slice(1).map((line) => {
    const cells = line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    const at = readTime(cells[timeAt] ?? '');
    const value = cells[valueAt] ? Number(cells[valueAt]) : Number.NaN;
    if (!Number.isFinite(at) || !Number.isFinite(value)) return `${line},`;
    return `${line},${Number(judgePoint(state, at, value).score.toFixed(6))}`;
  });
  return ok(`${[`${lines[0]},anomaly_score`, ...rows].join('\n')}\n`);
}

/**
 * Seconds or milliseconds since 1970, or a date; a date without a zone is read as it stands, so that hours stay hours.
 */
function readTime(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) < 1e11 ? Number(text) * 1_000 : Number(text);
  const bare = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/.exec(text);
  return Date.parse(bare === null ? text : `${bare[1]}T${bare[2]}Z`);
}
