/** What the marks and the grey stretches in the charts are: alerts and gaps of the range, newest first; a click looks closer. */
import type { HistoryEntry } from '@contract/alerts.ts';
import type { Gap } from '@contract/batch.ts';
import { Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { placedTitle } from '../../alert/describe-alert.ts';
import { type Texts, useText } from '../../i18n/use-text.tsx';
import { type TargetTitles, useTargetTitles } from '../../targets/use-targets.ts';
import { Card } from '../../ui/card.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import type { TimeRange } from './time-range.ts';

export interface WhatHappenedProps {
  readonly alerts: readonly HistoryEntry[];
  readonly gaps: readonly Gap[];
  readonly onZoom: (from: number, until: number) => void;
}

interface Happening extends TimeRange {
  readonly key: string;
  readonly state: 'critical' | 'warning' | 'info' | 'unknown';
  readonly title: string;
}

const shown = 20;
const aroundMs = 300_000;

export function WhatHappened({ alerts, gaps, onZoom }: WhatHappenedProps): ReactNode {
  const texts = useText();
  const { t, format } = texts;
  const titles = useTargetTitles();
  const list = happenings(alerts, gaps, texts, titles);
  if (list.length === 0) return null;
  return (
    <Card title={t('trends.happened')} className="span-12">
      {list.slice(0, shown).map(({ key, state, title, from, until }) => (
        <UnstyledButton
          key={key}
          className="list-row happening"
          onClick={() => onZoom(from - aroundMs, Math.min(until + aroundMs, Date.now()))}
        >
          <StateBadge state={state} label={title} size={16} />
          <Text size="sm" className="quiet">
            {format.dateTime(from)} · {format.duration((until - from) / 1000)}
          </Text>
        </UnstyledButton>
      ))}
      {list.length > shown && (
        <Text size="sm" className="quiet" mt={8}>
          {t('trends.moreHappened', { count: list.length - shown })}
        </Text>
      )}
    </Card>
  );
}

function happenings(
  alerts: readonly HistoryEntry[],
  gaps: readonly Gap[],
  texts: Texts,
  titles: TargetTitles,
): readonly Happening[] {
  const fired = alerts.map(
    (entry): Happening => ({
      key: entry.alert + entry.firedAt,
      state: entry.severity,
      title: placedTitle(entry.rule, entry.transitions.at(-1)?.alert, texts, titles),
      from: entry.firedAt,
      until: entry.resolvedAt ?? Date.now(),
    }),
  );
  const silent = gaps.map(
    ({ from, until, cause }): Happening => ({
      key: `gap ${from}`,
      state: 'unknown',
      title: texts.t(`gap.${cause}`),
      from,
      until,
    }),
  );
  return [...fired, ...silent].toSorted((a, b) => b.from - a.from);
}
