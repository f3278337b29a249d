/** What happened in the range, as one list: alerts, what was changed, and the times without samples. */
import type { HistoryEntry } from '@contract/alerts/alert-procedures.ts';
import type { Annotation } from '@contract/annotations.ts';
import type { Gap } from '@contract/batch.ts';
import { useMemo } from 'react';
import { placedTitle } from '../../alert/describe-alert.ts';
import { type RuleTitles, useRuleTitles } from '../../alert/use-rule-titles.ts';
import type { ChartAnnotation } from '../../charts/chart-annotations.ts';
import { type Texts, useText } from '../../i18n/use-text.tsx';
import { type TargetTitles, useTargetTitles } from '../../targets/use-targets.ts';
import { describeAnnotation } from './describe-annotation.ts';
import type { TimeRange } from './time-range.ts';

export interface Happening extends TimeRange {
  readonly key: string;
  readonly state: 'critical' | 'warning' | 'info' | 'unknown' | 'change';
  readonly title: string;
}

export interface Happenings {
  /** Newest first. */
  readonly list: readonly Happening[];
  /** Gaps are drawn as such. */
  readonly annotations: readonly ChartAnnotation[];
}

const noGaps: readonly Gap[] = [];

export function useHappenings(
  alerts: readonly HistoryEntry[] | undefined,
  changes: readonly Annotation[] | undefined,
  gaps: readonly Gap[] = noGaps,
): Happenings {
  const texts = useText();
  const titles = useTargetTitles();
  const ruleTitle = useRuleTitles();
  return useMemo(() => {
    const fired = (alerts ?? []).map((entry) => alertHappening(entry, texts, titles));
    const changed = withoutGaps(changes ?? [], gaps).map((annotation) => changeHappening(annotation, texts, ruleTitle));
    const silent = gaps.map((gap) => gapHappening(gap, texts));
    return {
      list: [...fired, ...changed, ...silent].toSorted((a, b) => b.from - a.from),
      annotations: [...fired, ...changed].map(({ from, title, state }) => ({ at: from, label: title, state })),
    };
  }, [alerts, changes, gaps, texts, titles, ruleTitle]);
}

/** A tick and some time to write; a stop or a pause is followed by its gap so soon. */
const soonMs = 5_000;

/** A gap says itself that the monitor was stopped or paused, and for how long. Pure. */
export const withoutGaps = (changes: readonly Annotation[], gaps: readonly Gap[]): readonly Annotation[] =>
  changes.filter(
    ({ kind, at }) =>
      !((kind === 'stopped' || kind === 'paused') && gaps.some(({ from }) => Math.abs(from - at) <= soonMs)),
  );

const alertHappening = (entry: HistoryEntry, texts: Texts, titles: TargetTitles) => ({
  key: entry.alert + entry.firedAt,
  state: entry.severity,
  title: placedTitle(entry.rule, entry.transitions.at(-1)?.alert, texts, titles),
  from: entry.since,
  until: entry.resolvedAt ?? Date.now(),
});

const changeHappening = (annotation: Annotation, texts: Texts, ruleTitle: RuleTitles) => ({
  key: `${annotation.kind} ${annotation.at} ${annotation.subject}`,
  state: 'change' as const,
  title: describeAnnotation(annotation, texts, ruleTitle),
  from: annotation.at,
  until: annotation.at,
});

const gapHappening = ({ from, until, cause }: Gap, { t }: Texts) => ({
  key: `gap ${from}`,
  state: 'unknown' as const,
  title: t(`gap.${cause}`),
  from,
  until,
});
