/** What was found, what a repair would do about it, and what the user chooses of that. */
import type { Job } from '@contract/doctor/jobs.ts';
import type { RepairPlan } from '@contract/doctor/plan.ts';
import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { IconTool } from '@tabler/icons-react';
import { type ReactNode, useCallback, useState } from 'react';
import { useAction } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { expectationLines } from './expectation-lines.ts';
import { Findings } from './findings.tsx';
import { Verdict } from './verdict.tsx';

export interface RepairPlanProps {
  readonly plan: RepairPlan;
  readonly file: string;
  readonly profile: string | null;
  readonly start: (job: Job) => void;
}

/** What there is to say where the file itself leaves nothing to plan. */
const hopelessVerdicts = {
  encrypted: 'doctor.hopeless.encrypted',
  'not-a-database': 'doctor.hopeless.not-a-database',
} as const;

/** Only salvage finds doubtful rows. */
const findsDoubtful = 'salvage-rows';

export function RepairPlanView({ plan, file, profile, start }: RepairPlanProps): ReactNode {
  const texts = useText();
  const { t, format, say } = texts;
  const client = useClient();
  const [chosen, setChosen] = useState(() => plan.repairs.filter((one) => one.isChosen).map(({ id }) => id));
  const [includeDoubtful, setIncludeDoubtful] = useState(false);
  const repair = useAction(
    useCallback(
      (wish: { readonly isDryRun: boolean; readonly includeDoubtful: boolean }, repairs: string[]) =>
        client.doctor.repair({ file, profile, repairs, ...wish }),
      [client, file, profile],
    ),
  );
  const { verdict } = plan.examination;
  const hopeless =
    plan.repairs.length === 0 && (verdict === 'encrypted' || verdict === 'not-a-database')
      ? hopelessVerdicts[verdict]
      : undefined;
  const run = (isDryRun: boolean): void =>
    void repair.run({ isDryRun, includeDoubtful }, chosen).then((next) => next !== undefined && start(next));
  return (
    <Stack gap={14}>
      <Verdict examination={plan.examination} />
      <Findings findings={plan.examination.findings} />
      {plan.repairs.length > 0 && (
        <Stack gap={8}>
          <Text size="sm" fw={600}>
            {t('doctor.plan')}
          </Text>
          {plan.repairs.map((one) => (
            <Checkbox
              key={one.id}
              label={say(`repair.${one.id}`, one.title)}
              description={`${say(one.code, one.what, one.values)} ${t(`doctor.risk.${one.risk}`)}`}
              checked={chosen.includes(one.id)}
              onChange={(event) =>
                setChosen(event.currentTarget.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))
              }
            />
          ))}
          {chosen.includes(findsDoubtful) && (
            <Checkbox
              ml={30}
              label={t('doctor.withDoubtful')}
              description={t('doctor.withDoubtful.detail')}
              checked={includeDoubtful}
              onChange={(event) => setIncludeDoubtful(event.currentTarget.checked)}
            />
          )}
        </Stack>
      )}
      {plan.expectation.length > 0 && (
        <Stack gap={2}>
          {expectationLines(plan.expectation, texts).map((line) => (
            <Text key={line} size="sm">
              {line}
            </Text>
          ))}
        </Stack>
      )}
      {plan.unanswered.length > 0 &&
        (hopeless === undefined ? (
          <Alert color="orange" title={t('doctor.unanswered')}>
            <Findings findings={plan.unanswered} />
          </Alert>
        ) : (
          <Alert color="orange">{t(hopeless)}</Alert>
        ))}
      {plan.repairs.length > 0 && (
        <Group justify="space-between">
          <Text size="xs" className="quiet" maw={520}>
            {t('doctor.safety', {
              needs: format.value(plan.needsBytes, 'bytes'),
              free: format.value(plan.freeBytes, 'bytes'),
            })}
          </Text>
          <Group gap={8}>
            <Button variant="default" disabled={chosen.length === 0} loading={repair.isBusy} onClick={() => run(true)}>
              {t('doctor.dryRun')}
            </Button>
            <Button
              leftSection={<IconTool size={16} />}
              disabled={chosen.length === 0}
              loading={repair.isBusy}
              onClick={() => run(false)}
            >
              {t('doctor.repair')}
            </Button>
          </Group>
        </Group>
      )}
    </Stack>
  );
}
