import { seriesKey } from '@contract/metric.ts';
import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { LiveCard } from '../../charts/live-card.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { stepped } from '../../live/stepped.ts';
import { useLive } from '../../live/use-live.tsx';

const figures = [
  { metric: 'processes_cpu_cores_ratio', unit: 'ratio', english: 'CPU by program' },
  { metric: 'processes_memory_bytes', unit: 'bytes', english: 'Memory by program' },
  { metric: 'processes_disk_bytes_per_second', unit: 'bytes_per_second', english: 'Disk by program' },
] as const;

/**
 * All processes of one name together over the last minutes; kept only for the largest programs, so it may have no data.
 */
export function ProgramHistory({ name }: { readonly name: string }): ReactNode {
  const { t, say } = useText();
  const keys = figures.map(({ metric }) => seriesKey({ name: metric, labels: ['name'] }, { name }));
  const live = useLive(...keys);
  return (
    <Stack gap={12}>
      {figures.map(({ metric, unit, english }, index) => {
        const values = live.lines(keys[index] as string).get(keys[index] as string) ?? [];
        const title = say(`metric.${metric}`, english);
        return (
          <LiveCard
            key={metric}
            title={title}
            past={[keys[index] as string]}
            unit={unit}
            lines={[{ name, values: stepped(values) }]}
          />
        );
      })}
      <p className="quiet" style={{ fontSize: 13 }}>
        {t('processes.historyHint')}
      </p>
    </Stack>
  );
}
