/**
 * One sample of Prometheus' or OpenMetrics' text: blanks and tabs anywhere between its parts, an exemplar behind it.
 * Pure.
 */

export interface SampleLine {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const bareName = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const quoted = /"((?:[^"\\]|\\.)*)"/y;
const blanks = /[ \t]*/y;
/** Value, time, and an exemplar whose own labels nobody needs. */
const tail = /^([^ \t#]+)(?:[ \t]+[+-]?[\d.]+(?:[eE][+-]?\d+)?)?[ \t]*(?:#.*)?$/;
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** @returns undefined where it is not one */
export function parseSampleLine(line: string): SampleLine | undefined {
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found === null) return undefined;
    at = pattern.lastIndex;
    return found;
  };
  const skip = (): void => void match(blanks);
  const text = (): string | undefined => {
    const found = match(quoted);
    return found === undefined ? undefined : withoutEscapes(found[1] as string);
  };
  let name = match(bareName)?.[0];
  const labels: Record<string, string> = {};
  skip();
  if (line[at] === '{') {
    at += 1;
    for (skip(); line[at] !== '}'; skip()) {
      const isQuoted = line[at] === '"';
      const label = isQuoted ? text() : match(bareName)?.[0];
      if (label === undefined) return undefined;
      skip();
      if (line[at] === '=') {
        at += 1;
        skip();
        const value = text();
        // A label twice is two answers to one question.
        if (value === undefined || Object.hasOwn(labels, label)) return undefined;
        labels[label] = value;
      } else if (isQuoted && name === undefined) name = label;
      else return undefined;
      skip();
      if (line[at] === ',') at += 1;
      else if (line[at] !== '}') return undefined;
    }
    at += 1;
    skip();
  } else if (!/[ \t]/.test(line[at - 1] ?? '')) return undefined;
  const rest = tail.exec(line.slice(at));
  if (name === undefined || name === '' || rest === null) return undefined;
  const value = numberOf(rest[1] as string);
  return value === undefined ? undefined : { name, labels, value };
}

/** As Go reads numbers: infinity and "not a number" in any case. */
function numberOf(text: string): number | undefined {
  const lower = text.toLowerCase();
  if (/^\+?inf(inity)?$/.test(lower)) return Number.POSITIVE_INFINITY;
  if (/^-inf(inity)?$/.test(lower)) return Number.NEGATIVE_INFINITY;
  if (/^[+-]?nan$/.test(lower)) return Number.NaN;
  return decimal.test(text) ? Number(text) : undefined;
}

const withoutEscapes = (text: string): string =>
  text.replace(/\\([\\"n])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
