/**
 * From one look at the last minutes to the next: what goes on, what ended, and since when, also where that is longer
 * ago than what is kept. Pure.
 */
import type { Busiest, ExplainedCause, ExplainedNow } from '../contract/explanation/explanation.ts';
import { explain, explainedCause } from './explain.ts';
import type { Lines, Recording } from './recording.ts';

/** Until so much has been seen, "nothing is slow" would be a guess. */
const leastSeconds = 8;
/** What had begun when the recording began may have begun before it. */
const beginMs = 15_000;
const mostCauses = 5;
/**
 * A program that has hardly more than another is not named in its place: a sentence that changes each second is not
 * read.
 */
const calmChange = 0.02;

export const unknownYet: ExplainedNow = { state: 'unknown', causes: [], ended: [], busiest: null };

export function explainNow(recording: Recording, lines: Lines, before: ExplainedNow): ExplainedNow {
  const first = recording[0];
  const last = recording.at(-1);
  const cpu = lines.one('system_cpu_percent');
  if (
    first === undefined ||
    last === undefined ||
    last.at - first.at < leastSeconds * 1_000 ||
    cpu?.values.some((value) => value !== undefined) !== true
  )
    return unknownYet;
  const explanation = explain(recording, lines);
  const causes = explanation.causes.map(explainedCause);
  const goingOn = causes
    .filter(({ until }) => until === null)
    .slice(0, mostCauses)
    .map((cause) => ({ ...cause, since: beginningOf(cause, first.at, before.causes) }));
  return {
    state: goingOn.length > 0 ? 'slow' : 'calm',
    causes: goingOn,
    ended: causes.filter(({ until }) => until !== null).slice(0, mostCauses),
    busiest: steadyBusiest(explanation.busiest, before.busiest),
  };
}

/** The same trouble: whoever is found to be behind it now. */
const isSameTrouble = (one: ExplainedCause, other: ExplainedCause): boolean =>
  one.kind === other.kind && (one.kind === 'cpu' || one.kind === 'memory' || one.name === other.name);

function beginningOf(cause: ExplainedCause, windowBegin: number, before: readonly ExplainedCause[]): number {
  if (cause.since > windowBegin + beginMs) return cause.since;
  const known = before.find((one) => isSameTrouble(one, cause));
  return known === undefined ? cause.since : Math.min(known.since, cause.since);
}

const steadyBusiest = (now: Busiest | null, before: Busiest | null): Busiest | null =>
  now !== null && before !== null && now.pid === before.pid && Math.abs(now.cores - before.cores) < calmChange
    ? before
    : now;
