/** Ends a process or slows it down, after saying what would be lost; where it is left alone, why. */
import type { ProcessDetails } from '@contract/processes.ts';
import { Alert, Button, Group, List, Text } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';
import { useAction } from '../api/use-api.ts';
import { useClient } from '../api/use-client.tsx';
import { type Texts, useText } from '../i18n/use-text.tsx';

type Step = 'none' | 'ask' | 'still-there' | 'ended';

export function ProcessActions({ details }: { readonly details: ProcessDetails }): ReactNode {
  const texts = useText();
  const { t, say } = texts;
  const client = useClient();
  const [step, setStep] = useState<Step>('none');
  const { pid, start, label, refusal, isLowered, canLower } = details;
  const end = useAction(
    useCallback((how: 'politely' | 'hard') => client.processes.end({ pid, start, how }), [client, pid, start]),
  );
  const lower = useAction(
    useCallback(
      () => (isLowered ? client.processes.restorePriority : client.processes.lowerPriority)({ pid, start }),
      [client, pid, start, isLowered],
    ),
  );
  const runEnd = async (how: 'politely' | 'hard'): Promise<void> => {
    const answer = await end.run(how);
    if (answer !== undefined) setStep(answer.hasEnded ? 'ended' : 'still-there');
  };
  if (step === 'ended')
    return (
      <Text size="sm" role="status">
        {t('processes.ended', { name: label })}
      </Text>
    );
  if (refusal !== null)
    return (
      <Text size="sm" className="quiet">
        {say(`failure.${refusal}`, refusal)} {say(`failure-next.${refusal}`, '')}
      </Text>
    );
  return (
    <div>
      {step === 'none' ? (
        <Group gap={8}>
          <Button size="xs" variant="light" color="red" onClick={() => setStep('ask')}>
            {t('processes.end')}
          </Button>
          {canLower && (
            <Button size="xs" variant="default" loading={lower.isBusy} onClick={() => void lower.run()}>
              {isLowered ? t('processes.restorePriority') : t('processes.lowerPriority')}
            </Button>
          )}
        </Group>
      ) : (
        <Alert
          variant="default"
          color={step === 'ask' ? 'orange' : 'red'}
          title={t(step === 'ask' ? 'processes.endAsk' : 'processes.stillThere', { name: `${label} (${pid})` })}
          role="alertdialog"
        >
          <List size="sm" mb={10}>
            {lossesOf(details, texts).map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
          <Group gap={8}>
            <Button
              size="xs"
              color="red.9"
              loading={end.isBusy}
              onClick={() => void runEnd(step === 'ask' ? 'politely' : 'hard')}
            >
              {t(step === 'ask' ? 'processes.endNow' : 'processes.endHard')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setStep('none')}>
              {t('action.cancel')}
            </Button>
          </Group>
        </Alert>
      )}
    </div>
  );
}

/** What is known to hang on it. */
function lossesOf({ databases, ports, children }: ProcessDetails, { t }: Texts): readonly string[] {
  const names = (databases ?? []).map((path) => path.split(/[\\/]/).at(-1));
  return [
    t('processes.loss.unsaved'),
    ...(names.length === 0 ? [] : [t('processes.loss.databases', { names: names.join(', ') })]),
    ...((ports ?? []).length === 0
      ? []
      : [t('processes.loss.ports', { ports: [...new Set((ports ?? []).map(({ port }) => port))].join(', ') })]),
    ...(children.length === 0 ? [] : [t('processes.loss.children', { names: namesOf(children) })]),
  ];
}

const namesOf = (processes: ProcessDetails['children']): string =>
  [...new Set(processes.map(({ label }) => label))].slice(0, 5).join(', ');
