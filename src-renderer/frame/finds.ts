/**
 * What the palette finds besides screens and actions: processes, what is watched, metrics. Asked for while it is open.
 */
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/use-api.ts';
import { useMetrics } from '../api/use-metrics.ts';
import type { MessageKey } from '../i18n/en.ts';
import { useText } from '../i18n/use-text.tsx';
import { useTargets } from '../targets/use-targets.ts';

export interface Find {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly group: MessageKey;
  /** Of a screen. */
  readonly path: string;
}

export function useFinds(isOpen: boolean): readonly Find[] {
  const { say, format } = useText();
  const api = useApi();
  const { data } = useQuery({ ...api.processes.table.queryOptions(), enabled: isOpen });
  const targets = useTargets();
  const metrics = useMetrics();
  if (!isOpen) return [];
  return [
    ...(data?.rows ?? []).map(
      ({ pid, label, name, memoryBytes }): Find => ({
        id: `process ${pid}`,
        label: `${label} (${pid})`,
        description: [name === label ? '' : name, format.value(memoryBytes, 'bytes')]
          .filter((one) => one !== '')
          .join(' · '),
        group: 'screen.processes',
        path: `/processes/${pid}`,
      }),
    ),
    ...targets.map(
      ({ settings: { id, title, kind } }): Find => ({
        id: `target ${id}`,
        label: title,
        group: kind === 'sqlite' ? 'screen.databases' : 'screen.services',
        path: kind === 'sqlite' ? `/databases/${encodeURIComponent(id)}` : '/services',
      }),
    ),
    ...[...metrics.values()].map(
      ({ name, title }): Find => ({
        id: `metric ${name}`,
        label: say(`metric.${name}`, title),
        description: name,
        group: 'screen.trends',
        path: `/trends/1h/${name}`,
      }),
    ),
  ];
}
