import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { seriesColors } from '../styles/tokens.ts';

export interface LegendEntry {
  readonly name: string;
  readonly value: string;
}

/** Which line is which, with its newest value; wide enough that nothing moves when a value changes. */
export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }): ReactNode {
  return (
    <Group gap={14} wrap="nowrap">
      {entries.map(({ name, value }, index) => (
        <Group key={name} gap={6} wrap="nowrap">
          <span
            aria-hidden="true"
            style={{ width: 8, height: 8, borderRadius: 2, background: seriesColors[index % seriesColors.length] }}
          />
          <Text size="xs" className="quiet" visibleFrom="sm">
            {name}
          </Text>
          <Text size="xs" fw={600} miw={70} ta="right" style={{ whiteSpace: 'nowrap' }}>
            {value}
          </Text>
        </Group>
      ))}
    </Group>
  );
}
