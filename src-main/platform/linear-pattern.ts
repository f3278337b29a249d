/**
 * Regular expressions that users write, matched in time that grows with the text alone. JavaScript's own matcher can be
 * led into trying for hours by a short pattern and a short text, and nothing can interrupt it. No such pattern ever
 * reaches it.
 */
import { createRequire } from 'node:module';
import { failed, type Outcome, ok } from '../contract/outcome.ts';

export interface LinearPattern {
  test(text: string): boolean;
}

export interface PatternOptions {
  readonly ignoreCase?: boolean;
  /** The pattern has to cover the whole text. */
  readonly isWhole?: boolean;
}

/** Steps that one character may cost at most: a label of 4,000 characters is answered within tens of milliseconds. */
const maxProgramSize = 1_200;
const maxPatternLength = 1_000;

/** Loaded with the first pattern: most people have none, and the library costs a megabyte. */
const load = (): typeof import('re2js') => createRequire(import.meta.url)('re2js');
let library: typeof import('re2js') | undefined;

export function compilePattern(
  source: string,
  { ignoreCase = false, isWhole = false }: PatternOptions = {},
): Outcome<LinearPattern> {
  if (source.length > maxPatternLength)
    return failed('pattern-refused/too-long', { pattern: shown(source), most: maxPatternLength });
  const unsupported = findUnsupported(source);
  if (unsupported !== undefined) return failed(unsupported, { pattern: shown(source) });
  library ??= load();
  const { RE2JS } = library;
  try {
    // `\u0041` and `\cA` are JavaScript's; the rest of the syntax is what the two have in common.
    const pattern = RE2JS.compile(RE2JS.translateRegExp(source), ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    if (pattern.programSize() > maxProgramSize) return failed('pattern-refused/repeats', { pattern: shown(source) });
    return ok(isWhole ? { test: (text) => pattern.testExact(text) } : { test: (text) => pattern.test(text) });
  } catch (error) {
    const detail = (error as Error).message.replace(/^error parsing regexp: /, '');
    return failed('pattern-refused', { pattern: shown(source), detail });
  }
}

/** Looked for first: the library would name another piece, or drop the backslash and match something else. */
function findUnsupported(source: string): 'pattern-refused/look-around' | 'pattern-refused/back-reference' | undefined {
  const outsideClasses = source.replaceAll('\\\\', '').replace(/\[(?:\\.|[^\]\\])*\]/g, '[]');
  if (/\(\?<?[=!]/.test(outsideClasses)) return 'pattern-refused/look-around';
  if (/\\[1-9]|\\k</.test(outsideClasses)) return 'pattern-refused/back-reference';
  return undefined;
}

const shown = (source: string): string => (source.length > 80 ? `${source.slice(0, 80)}…` : source);
