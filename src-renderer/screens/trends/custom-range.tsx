import { Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import type { TimeRange } from './time-range.ts';

/** The browser's own field for date and time writes local time without a zone. */
const toField = (at: number): string =>
  new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

export function CustomRange({
  range,
  onChange,
}: {
  readonly range: TimeRange;
  readonly onChange: (range: TimeRange) => void;
}): ReactNode {
  const { t } = useText();
  const change = (part: Partial<TimeRange>): void => {
    const next = { ...range, ...part };
    if (next.from < next.until) onChange(next);
  };
  const field = (label: string, at: number, set: (at: number) => void): ReactNode => (
    <TextInput
      type="datetime-local"
      aria-label={label}
      value={toField(at)}
      onChange={(event) => {
        const time = Date.parse(event.currentTarget.value);
        if (!Number.isNaN(time)) set(time);
      }}
    />
  );
  return (
    <Group gap={6}>
      {field(t('trends.from'), range.from, (from) => change({ from }))}
      {field(t('trends.until'), range.until, (until) => change({ until }))}
    </Group>
  );
}
