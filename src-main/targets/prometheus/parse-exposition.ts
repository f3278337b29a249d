/**
 * Reads Prometheus text 0.0.4 and 1.0.0 (quoted names) and OpenMetrics. Pure; stops at limits instead of filling
 * memory, and passes over lines that are wrong while counting them.
 */
import { parseSampleLine } from './parse-sample-line.ts';

type ExpositionType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped';

export interface ExpositionSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly type: ExpositionType;
  readonly help: string;
  /** The family of a histogram's or summary's part. */
  readonly family: string;
}

export interface ExpositionLimits {
  readonly maxSamples: number;
  /** Only samples whose name it accepts count against the limit. */
  readonly takes: (name: string) => boolean;
}

export interface Exposition {
  readonly samples: readonly ExpositionSample[];
  readonly badLines: number;
  /** More samples than allowed were there. */
  readonly isCut: boolean;
  /** How many those were. */
  readonly leftOut: number;
}

const maxLineLength = 262_144;
/** OpenMetrics' further kinds are what they look like. */
const types: Readonly<Record<string, ExpositionType>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  summary: 'summary',
  info: 'gauge',
  stateset: 'gauge',
  gaugehistogram: 'gauge',
};
const note = /^#[ \t]+(TYPE|HELP)[ \t]+(?:"((?:[^"\\]|\\.)*)"|([^ \t]+))(?:[ \t]+(.*))?$/;

export function parseExposition(text: string, { maxSamples, takes }: ExpositionLimits): Exposition {
  const typeOf = new Map<string, ExpositionType>();
  const helpOf = new Map<string, string>();
  const samples: ExpositionSample[] = [];
  let badLines = 0;
  let leftOut = 0;
  let begin = text.startsWith('\ufeff') ? 1 : 0;
  while (begin < text.length) {
    let end = text.indexOf('\n', begin);
    if (end === -1) end = text.length;
    const line = end - begin > maxLineLength ? '!' : text.slice(begin, end).trim();
    begin = end + 1;
    if (line === '') continue;
    if (line === '# EOF') break;
    if (line.startsWith('#')) {
      const match = note.exec(line);
      if (match === null || typeOf.size > maxSamples) continue;
      const name = match[2]?.replace(/\\(["\\])/g, '$1') ?? (match[3] as string);
      const rest = match[4] ?? '';
      if (match[1] === 'TYPE') typeOf.set(name, types[rest.trim().toLowerCase()] ?? 'untyped');
      else
        helpOf.set(
          name,
          rest.replace(/\\([\\n"])/g, (_, one: string) => (one === 'n' ? '\n' : one)),
        );
      continue;
    }
    const parsed = parseSampleLine(line);
    if (parsed === undefined) {
      badLines += 1;
      continue;
    }
    if (!takes(parsed.name)) continue;
    if (samples.length >= maxSamples) {
      leftOut += 1;
      continue;
    }
    const family = familyOf(parsed.name, typeOf);
    samples.push({ ...parsed, type: typeOf.get(family) ?? 'untyped', help: helpOf.get(family) ?? '', family });
  }
  return { samples, badLines, isCut: leftOut > 0, leftOut };
}

/** `x_bucket` belongs to the histogram `x`; OpenMetrics' counter `x_total` to `x`. */
function familyOf(name: string, typeOf: ReadonlyMap<string, ExpositionType>): string {
  if (typeOf.has(name)) return name;
  const stem = name.replace(/_(bucket|sum|count|total|created|info|gcount|gsum)$/, '');
  return typeOf.has(stem) ? stem : name;
}
