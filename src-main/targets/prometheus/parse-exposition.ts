/**
 * Reads Prometheus text 0.0.4, and OpenMetrics as far as the two agree. Pure; stops at limits instead of filling memory, and
 * passes over lines that are wrong while counting them.
 */
export type ExpositionType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped';

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
}

const longestLine = 16_384;
const sampleLine = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})?[ \t]+([^ \t]+)(?:[ \t]+[^#]*)?(?:#.*)?$/;
const labelPair = /\s*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/gy;
const types = new Set(['counter', 'gauge', 'histogram', 'summary']);

export function parseExposition(text: string, { maxSamples, takes }: ExpositionLimits): Exposition {
  const typeOf = new Map<string, ExpositionType>();
  const helpOf = new Map<string, string>();
  const samples: ExpositionSample[] = [];
  let badLines = 0;
  let begin = 0;
  while (begin < text.length) {
    let end = text.indexOf('\n', begin);
    if (end === -1) end = text.length;
    const line = end - begin > longestLine ? '!' : text.slice(begin, end).trim();
    begin = end + 1;
    if (line === '') continue;
    if (line === '# EOF') break;
    if (line.startsWith('#')) {
      const note = /^#\s+(TYPE|HELP)\s+(\S+)\s+(.*)$/.exec(line);
      if (note === null || typeOf.size > maxSamples) continue;
      const [, what, name, rest] = note as unknown as [string, string, string, string];
      if (what === 'HELP') helpOf.set(name, rest);
      else typeOf.set(name, types.has(rest.trim()) ? (rest.trim() as ExpositionType) : 'untyped');
      continue;
    }
    const sample = parseSample(line, typeOf, helpOf);
    if (sample === undefined) badLines += 1;
    else if (takes(sample.name)) {
      if (samples.length >= maxSamples) return { samples, badLines, isCut: true };
      samples.push(sample);
    }
  }
  return { samples, badLines, isCut: false };
}

function parseSample(
  line: string,
  typeOf: ReadonlyMap<string, ExpositionType>,
  helpOf: ReadonlyMap<string, string>,
): ExpositionSample | undefined {
  const match = sampleLine.exec(line);
  if (match === null) return undefined;
  const [, name, labelText, valueText] = match as unknown as [string, string, string | undefined, string];
  const value = numberOf(valueText);
  const labels = parseLabels(labelText ?? '');
  if (value === undefined || labels === undefined) return undefined;
  const family = familyOf(name, typeOf);
  return { name, labels, value, type: typeOf.get(family) ?? 'untyped', help: helpOf.get(family) ?? '', family };
}

/** `x_bucket` belongs to the histogram `x`; OpenMetrics' counter `x_total` to `x`. */
function familyOf(name: string, typeOf: ReadonlyMap<string, ExpositionType>): string {
  if (typeOf.has(name)) return name;
  const stem = name.replace(/_(bucket|sum|count|total|created)$/, '');
  return typeOf.has(stem) ? stem : name;
}

function numberOf(text: string): number | undefined {
  if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  if (text === 'NaN') return Number.NaN;
  const value = Number(text);
  return Number.isNaN(value) ? undefined : value;
}

function parseLabels(text: string): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  labelPair.lastIndex = 0;
  while (labelPair.lastIndex < text.length) {
    const at = labelPair.lastIndex;
    if (text.slice(at).trim() === '') break;
    const pair = labelPair.exec(text);
    if (pair === null) return undefined;
    labels[pair[1] as string] = (pair[2] as string).replace(/\\(.)/g, (_, escaped: string) =>
      escaped === 'n' ? '\n' : escaped,
    );
  }
  return labels;
}
