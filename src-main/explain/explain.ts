/**
 * Why it is slow: asks every finder, sets what follows from another cause behind it, and says it in a sentence. Pure;
 * what is not known is not claimed, and a machine that is well has no cause.
 */
import type { Busiest, ExplainedCause } from '../contract/explanation/explanation.ts';
import { nothingSlow, type SentenceFormats, sentenceOf } from '../contract/explanation/sentence.ts';
import type { Cause, FinderContext } from './cause.ts';
import { causeFinders } from './causes/index.ts';
import type { Explanation } from './explanation.ts';
import { type Lines, type Recording, recordedLines } from './recording.ts';
import { blame } from './who/blame.ts';
import { describe } from './who/describe.ts';

/** Less sure than this is noise. */
const leastConfidence = 0.35;
/** What another cause brings is not what to act on first. */
const followerFactor = 0.55;
/** Sources are asked at most ten seconds apart: what began so shortly before may still be the consequence. */
const leadMs = 15_000;
const busiestSeconds = 10;

/** @param lines of the same seconds, where they are kept elsewhere than in the recording */
export function explain(recording: Recording, lines: Lines = recordedLines(recording)): Explanation {
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

export const explainInWords = ({ causes, busiest }: Explanation, formats: SentenceFormats): string =>
  causes[0] === undefined ? nothingSlow(busiest, formats) : sentenceOf(causes[0], formats);

/** What travels of a cause. */
export const explainedCause = ({
  kind,
  name,
  pid,
  confidence,
  since,
  until,
  statement,
  evidence,
  isSlowness,
}: Cause): ExplainedCause => ({ kind, name, pid, confidence, since, until, statement, evidence, isSlowness });

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

function busiestOf(recording: Recording): Busiest | null {
  const last = recording.at(-1);
  if (last === undefined) return null;
  const lately = recording.findIndex(({ at }) => at > last.at - busiestSeconds * 1_000);
  // Tables come more slowly than seconds: without one in these, the last one still tells.
  const from = Math.min(
    lately,
    Math.max(
      0,
      recording.findLastIndex(({ processes }) => processes !== undefined),
    ),
  );
  const stretch = { from, until: recording.length, mean: 0, seconds: busiestSeconds, isOpen: true };
  const culprit = blame(recording, stretch, 'cpu')?.culprit;
  if (culprit === undefined) return null;
  const { who, values } = describe(culprit);
  return { who: { text: who, values }, pid: culprit.pid, cores: culprit.used };
}
