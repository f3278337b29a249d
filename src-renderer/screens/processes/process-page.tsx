/** One process close by: what it is, what hangs on it, and what can be done. */
import type { ProcessRow } from '@contract/live.ts';
import type { ProcessDetails } from '@contract/processes.ts';
import { Anchor, Button, Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { ProcessActions } from '../../explain/process-actions.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { Answer } from '../../ui/states.tsx';
import { ProgramHistory } from './program-history.tsx';

const askEveryMs = 5_000;

export interface ProcessPageProps {
  readonly pid: number;
  /** Undefined where it is not among those of the table. */
  readonly row: ProcessRow | undefined;
  readonly cores: number | null;
}

export function ProcessPage({ pid, row, cores }: ProcessPageProps): ReactNode {
  const api = useApi();
  const details = useQuery({
    ...api.processes.details.queryOptions({ input: { pid } }),
    refetchInterval: askEveryMs,
    retry: false,
  });
  return (
    <Answer query={details} rows={6}>
      {(answer) => (
        <Stack gap={16}>
          <ProcessActions details={answer} />
          <Facts details={answer} row={row} cores={cores} />
          <CommandLine key={answer.start} details={answer} />
          <ProgramHistory name={answer.label} />
        </Stack>
      )}
    </Answer>
  );
}

function Facts({
  details,
  row,
  cores,
}: Omit<ProcessPageProps, 'pid'> & { readonly details: ProcessDetails }): ReactNode {
  const { t, format } = useText();
  const { above, children, ports, databases, unit, user, name, label, startedAt } = details;
  const cpu =
    row === undefined || row.cpuCores === null || cores === null
      ? '–'
      : t('processes.cpuOf', {
          share: format.value(row.cpuCores / cores, 'ratio'),
          used: format.value(row.cpuCores, 'count'),
          cores,
        });
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    [t('processes.column.cpuCores'), cpu],
    [t('processes.column.memoryBytes'), format.value(row?.memoryBytes, 'bytes')],
    ...(name === label ? [] : [[t('processes.systemName'), name] as const]),
    [t('processes.column.user'), user ?? '–'],
    [t('processes.startedAt'), startedAt === null ? '–' : format.moment(startedAt)],
    [t('processes.above'), <Chain key="above" links={above} />],
    ...(unit === null ? [] : [[t(`processes.unit.${unit.kind}`), unit.name] as const]),
    ...(children.length === 0 ? [] : [[t('processes.children'), <Chain key="below" links={children} />] as const]),
    [
      t('processes.ports'),
      ports === null
        ? t('processes.notTold')
        : ports.map(({ port, address }) => `${address.includes(':') ? `[${address}]` : address}:${port}`).join(', ') ||
          '–',
    ],
    [t('processes.databases'), databases === null ? t('processes.notTold') : databases.join('\n') || '–'],
  ];
  return (
    <dl className="process-facts">
      {facts.map(([title, value]) => (
        <div key={title}>
          <dt className="quiet">{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const maxLinks = 12;

function Chain({ links }: { readonly links: ProcessDetails['above'] }): ReactNode {
  if (links.length === 0) return '–';
  return links.slice(0, maxLinks).map(({ pid, label }, index) => (
    <span key={pid}>
      {index > 0 && ' · '}
      <Anchor href={`#/processes/${pid}`} size="sm">
        {label}
      </Anchor>
    </span>
  ));
}

/** On demand only, and gone with the page: command lines hold secrets. */
function CommandLine({ details: { pid, start } }: { readonly details: ProcessDetails }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const [command, setCommand] = useState<string | null>();
  if (command === undefined)
    return (
      <div>
        <Button
          size="xs"
          variant="default"
          onClick={() =>
            void client.processes.command({ pid, start }).then(
              (answer) => setCommand(answer.command),
              () => setCommand(null),
            )
          }
        >
          {t('processes.showCommand')}
        </Button>
      </div>
    );
  return (
    <div>
      <Text size="sm" className="quiet">
        {t('processes.command')}
      </Text>
      {command === null ? t('processes.notTold') : <Code block>{command}</Code>}
    </div>
  );
}
