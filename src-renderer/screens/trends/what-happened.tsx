/** What the annotations and the grey stretches in the charts are, newest first; a click looks closer. */
import { Text, UnstyledButton } from '@mantine/core';
import { IconSquareRotatedFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import type { Happening } from './use-happenings.ts';

export interface WhatHappenedProps {
  /** Newest first. */
  readonly happenings: readonly Happening[];
  readonly onZoom: (from: number, until: number) => void;
}

const shown = 20;
const aroundMs = 300_000;

export function WhatHappened({ happenings, onZoom }: WhatHappenedProps): ReactNode {
  const { t, format } = useText();
  if (happenings.length === 0) return null;
  return (
    <Card title={t('trends.happened')} className="span-12">
      {happenings.slice(0, shown).map(({ key, state, title, from, until }) => (
        <UnstyledButton
          key={key}
          className="list-row happening"
          onClick={() => onZoom(from - aroundMs, Math.min(until + aroundMs, Date.now()))}
        >
          {state === 'change' ? <Change title={title} /> : <StateBadge state={state} label={title} size={16} />}
          <Text size="sm" className="quiet">
            {format.dateTime(from)}
            {until > from && ` · ${format.duration((until - from) / 1000)}`}
          </Text>
        </UnstyledButton>
      ))}
      {happenings.length > shown && (
        <Text size="sm" className="quiet" mt={8}>
          {t('trends.moreHappened', { count: happenings.length - shown })}
        </Text>
      )}
    </Card>
  );
}

/** The sign of a change in the charts. */
function Change({ title }: { readonly title: string }): ReactNode {
  return (
    <div className="state-badge">
      <IconSquareRotatedFilled width={16} color="var(--text-quiet)" aria-hidden="true" />
      <span className="state-label">{title}</span>
    </div>
  );
}
