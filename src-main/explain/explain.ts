/**
 * Why it is slow: asks every finder, sets what follows from another cause behind it, and says it in a sentence. Pure; what is
 * not known is not claimed, and a machine that is well has no cause.
 */
import type { Language } from '../contract/text/text.ts';
import type { Cause, FinderContext } from './cause.ts';
import { causeFinders } from './causes/index.ts';
import type { Explanation } from './explanation.ts';
import { Lines, type Recording } from './recording.ts';
import { nothingSlow, sentenceOf } from './sentence.ts';
import { blame, type Culprit } from './who/blame.ts';

/** Less sure than this is noise. */
const leastConfidence = 0.35;
/** What another cause brings is not what to act on first. */
const followerFactor = 0.55;
/** Sources are asked at most ten seconds apart: what began so shortly before may still be the consequence. */
const leadMs = 15_000;
const busiestSeconds = 10;

export function explain(recording: Recording): Explanation {
  const lines = new Lines(recording);
  const context: FinderContext = { recording, lines, cores: coresOf(lines) };
  const found = causeFinders
    .flatMap((finder) => finder.find(context))
    .filter(({ confidence }) => confidence >= leastConfidence);
  const ranked = found.map((cause) => ({ cause, rank: rankOf(cause, found) }));
  ranked.sort((a, b) => b.rank - a.rank);
  return {
    causes: ranked.map(({ cause }) => cause).filter(({ confidence }) => confidence >= leastConfidence),
    busiest: busiestOf(recording),
    cores: context.cores,
  };
}

export const explainInWords = (explanation: Explanation, language: Language, locale: string): string =>
  explanation.causes[0] === undefined
    ? nothingSlow(explanation, language, locale)
    : sentenceOf(explanation.causes[0], language, locale);

function rankOf(cause: Cause, all: readonly Cause[]): number {
  const isFollower = all.some((other) => other !== cause && bringsAlong(other, cause));
  // What is over is less of a question than what goes on.
  return (
    cause.confidence * (0.5 + cause.severity / 2) * (isFollower ? followerFactor : 1) * (cause.until === null ? 1 : 0.8)
  );
}

function bringsAlong(one: Cause, other: Cause): boolean {
  if (!one.brings.includes(other.kind) || one.confidence < 0.5) return false;
  // Heat shows late: the load that made it began before, and would have been fine without it.
  if (one.kind === 'thermal') return true;
  const isByLoad = one.kind === 'cpu' || one.kind === 'memory' || one.kind === 'disk';
  return (!isByLoad || other.isSlowness) && one.since <= other.since + leadMs;
}

function coresOf(lines: Lines): number | null {
  const cores = lines.of('cpu_core_usage_ratio').length;
  return cores > 0 ? cores : null;
}

function busiestOf(recording: Recording): Culprit | undefined {
  const last = recording.at(-1);
  if (last === undefined) return undefined;
  const from = recording.findIndex(({ at }) => at > last.at - busiestSeconds * 1_000);
  const stretch = { from, until: recording.length, mean: 0, seconds: busiestSeconds, isOpen: true };
  return blame(recording, stretch, 'cpu')?.culprit ?? undefined;
}
