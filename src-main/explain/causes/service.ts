/**
 * Something watched does not answer, or answers far slower than before. Of several that went down together the one that
 * went first is the cause, a program before the address it serves; the others are named as what depends on it.
 */
import { type Cause, type CauseFinder, type Evidence, type FinderContext, figure, sinceOf, spanOf } from '../cause.ts';
import type { Line } from '../recording.ts';
import { findStretch, meanWithin, type Stretch, usualOutside } from '../stretch.ts';

/** Those that went down within this time of each other belong together. */
const togetherSeconds = 60;
/** So many times slower than usual, and slow for a person at that. */
const slowerTimes = 4;
const slowSeconds = 0.5;
/** What others stand on goes first. */
const foundation: Readonly<Record<string, number>> = { process: 0, sqlite: 1, port: 2, prometheus: 3, http: 4, log: 5 };

interface Down {
  readonly target: string;
  readonly kind: string;
  readonly stretch: Stretch;
  readonly problem: string | undefined;
}

export const serviceFinder: CauseFinder = {
  kind: 'service',
  find(context) {
    const down = downTargets(context).filter(({ kind }) => kind !== 'sqlite');
    return [...rootsOf(context, down), ...slowTargets(context, down)];
  },
};

/** Every watched thing that is down at the end of its looks, or was for the better part of the recording. */
export function downTargets({ recording, lines }: FinderContext): readonly Down[] {
  return lines.of('target_up').flatMap((line): Down[] => {
    const target = line.labels.target ?? '';
    const kind = line.labels.kind ?? '';
    // Two looks in a row: one failed look is retried by everybody.
    const looks = line.values.filter((value) => value !== undefined);
    const stretch = findStretch(recording, line.values, (value) => value < 0.5, { minSeconds: 2, dipSeconds: 1 });
    if (stretch === undefined) return [];
    const bad = line.values.slice(stretch.from, stretch.until).filter((value) => value !== undefined).length;
    if (bad < Math.min(2, looks.length) || !(stretch.isOpen || stretch.seconds >= 15)) return [];
    return [{ target, kind, stretch, problem: problemOf(lines.of('target_problem'), target, stretch) }];
  });
}

function problemOf(lines: readonly Line[], target: string, stretch: Stretch): string | undefined {
  return lines.find((line) => line.labels.target === target && meanWithin(line.values, stretch) === 1)?.labels.problem;
}

function rootsOf({ recording }: FinderContext, down: readonly Down[]): readonly Cause[] {
  const causes: Cause[] = [];
  const left = down.toSorted(
    (a, b) =>
      sinceOf(recording, a.stretch) - sinceOf(recording, b.stretch) ||
      (foundation[a.kind] ?? 9) - (foundation[b.kind] ?? 9),
  );
  while (left.length > 0) {
    const earliest = left[0] as Down;
    const since = sinceOf(recording, earliest.stretch);
    const together = left.filter(({ stretch }) => sinceOf(recording, stretch) - since <= togetherSeconds * 1_000);
    // Looks come every ten seconds: of those that went within that time, the foundation is the root.
    const close = together.filter(({ stretch }) => sinceOf(recording, stretch) - since <= 15_000);
    const root = close.reduce((best, one) => ((foundation[one.kind] ?? 9) < (foundation[best.kind] ?? 9) ? one : best));
    const followers = together.filter((one) => one !== root);
    for (const one of together) left.splice(left.indexOf(one), 1);
    causes.push({
      kind: 'service',
      name: root.target,
      pid: null,
      confidence: root.stretch.isOpen ? 0.9 : 0.75,
      severity: 0.9,
      ...spanOf(recording, root.stretch),
      statement: statementOf(root),
      evidence: [
        ...(root.problem === undefined ? [] : [problemEvidence(root.problem)]),
        ...(followers.length === 0 ? [] : [followersEvidence(followers.map(({ target }) => target))]),
      ],
      brings: ['service'],
      isSlowness: false,
    });
  }
  return causes;
}

const statementOf = ({ target, kind }: Down): Evidence =>
  kind === 'process'
    ? { text: { en: '{target} is not running', de: '{target} läuft nicht' }, values: { target } }
    : { text: { en: '{target} does not answer', de: '{target} antwortet nicht' }, values: { target } };

const problemEvidence = (problem: string): Evidence => ({
  text: { en: 'Last look: {problem}', de: 'Letzter Blick: {problem}' },
  values: { problem: problem.replaceAll('-', ' ') },
});

const followersEvidence = (names: readonly string[]): Evidence => ({
  text: { en: 'Went down with it: {names}', de: 'Mit ihm ausgefallen: {names}' },
  values: { names: names.join(', ') },
});

function slowTargets({ recording, lines }: FinderContext, down: readonly Down[]): readonly Cause[] {
  const answers = [...lines.of('http_target_response_seconds'), ...lines.of('port_target_connect_seconds')];
  return answers.flatMap((line): Cause[] => {
    const target = line.labels.target ?? '';
    if (down.some((one) => one.target === target)) return [];
    const stretch = findStretch(recording, line.values, (value) => value >= slowSeconds, {
      minSeconds: 8,
      dipSeconds: 15,
    });
    const usual = stretch && usualOutside(line.values, stretch);
    if (stretch === undefined || usual === undefined || stretch.mean < usual * slowerTimes) return [];
    const values = { target, now: figure(stretch.mean, 'seconds'), usual: figure(usual, 'seconds') };
    return [
      {
        kind: 'service',
        name: target,
        pid: null,
        confidence: 0.65,
        severity: 0.6,
        ...spanOf(recording, stretch),
        statement: {
          text: {
            en: '{target} takes {now} to answer, usually {usual}',
            de: '{target} braucht {now} für eine Antwort, sonst {usual}',
          },
          values,
        },
        evidence: [],
        brings: [],
        isSlowness: true,
      },
    ];
  });
}
