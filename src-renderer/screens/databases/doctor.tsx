/** The repair wizard: examine, read the plan, repair, see before and after, take it back. */
import type { Examination, Job, RepairPlan, RepairReport } from '@contract/doctor.ts';
import { Alert, Button, Checkbox, Group, Stack, Stepper, Text } from '@mantine/core';
import { IconStethoscope, IconTool } from '@tabler/icons-react';
import { type ReactNode, useCallback, useState } from 'react';
import { failureNext, failureWords, useAction } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Findings } from './findings.tsx';
import { JobProgress } from './job-progress.tsx';
import { RepairReportView } from './repair-report.tsx';
import { useJob } from './use-job.ts';

export interface DoctorProps {
  readonly file: string;
  readonly profile: string | null;
}

export function Doctor({ file, profile }: DoctorProps): ReactNode {
  const { t } = useText();
  const client = useClient();
  const { job, start, forget } = useJob(file);
  const examine = useAction(useCallback(() => client.doctor.plan({ file, profile }), [client, file, profile]));
  const begin = (): void => void examine.run().then((next) => next !== undefined && start(next));
  return (
    <Card
      className="span-12"
      title={t('doctor.title')}
      aside={
        job === undefined || job.endedAt === null ? undefined : (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconStethoscope size={15} />}
            loading={examine.isBusy}
            onClick={begin}
          >
            {t('doctor.again')}
          </Button>
        )
      }
    >
      <Stepper active={stepOf(job)} size="xs" mb={18} allowNextStepsSelect={false}>
        <Stepper.Step label={t('doctor.step.examine')} />
        <Stepper.Step label={t('doctor.step.plan')} />
        <Stepper.Step label={t('doctor.step.repair')} />
        <Stepper.Step label={t('doctor.step.result')} />
      </Stepper>
      <Step
        job={job}
        file={file}
        profile={profile}
        isStarting={examine.isBusy}
        begin={begin}
        start={start}
        forget={forget}
      />
    </Card>
  );
}

function stepOf(job: Job | undefined): number {
  if (job === undefined) return 0;
  if (job.kind === 'plan') return job.state === 'done' ? 1 : 0;
  return job.state === 'done' ? 4 : 2;
}

interface StepProps extends DoctorProps {
  readonly job: Job | undefined;
  readonly isStarting: boolean;
  readonly begin: () => void;
  readonly start: (job: Job) => void;
  readonly forget: () => void;
}

function Step({ job, file, profile, isStarting, begin, start, forget }: StepProps): ReactNode {
  const { t } = useText();
  if (job === undefined)
    return (
      <Group justify="space-between">
        <Text size="sm" className="quiet" maw={620}>
          {t('doctor.begin')}
        </Text>
        <Button leftSection={<IconStethoscope size={16} />} loading={isStarting} onClick={begin}>
          {t('doctor.examine')}
        </Button>
      </Group>
    );
  if (job.state === 'running' || job.state === 'waiting') return <JobProgress job={job} onChange={start} />;
  if (job.state === 'cancelled') return <Text size="sm">{t('job.cancelled')}</Text>;
  if (job.state === 'failed') return <FailedJob job={job} start={start} />;
  switch (job.result?.kind) {
    case 'plan':
      return <Plan plan={job.result.plan} file={file} profile={profile} start={start} />;
    case 'repair':
    case 'restore':
      return <Result report={job.result.report} start={start} />;
    case 'undo':
      return (
        <Group justify="space-between">
          <StateBadge
            state="healthy"
            label={t(job.result.report.isIdentical ? 'doctor.undoneIdentical' : 'doctor.undone')}
          />
          <Button size="xs" variant="default" onClick={forget}>
            {t('action.done')}
          </Button>
        </Group>
      );
    default:
      return null;
  }
}

function FailedJob({ job, start }: { readonly job: Job; readonly start: (job: Job) => void }): ReactNode {
  const texts = useText();
  const { t } = texts;
  const client = useClient();
  const { file, failure } = job;
  const undo = useAction(useCallback(() => client.doctor.undo({ file, isChangeAccepted: true }), [client, file]));
  const isChanged = job.kind === 'undo' && failure?.kind === 'changed-since';
  return (
    <Alert color={isChanged ? 'orange' : 'red'} title={t('job.failed')}>
      {failure !== null && failureWords(failure, texts)}{' '}
      {isChanged ? t('doctor.undoAnyway.detail') : failure !== null && failureNext(failure, texts)}
      {isChanged && (
        <Group mt={10}>
          <Button
            size="xs"
            loading={undo.isBusy}
            onClick={() => void undo.run().then((next) => next !== undefined && start(next))}
          >
            {t('doctor.undoAnyway')}
          </Button>
        </Group>
      )}
    </Alert>
  );
}

export function Verdict({ examination }: { readonly examination: Examination }): ReactNode {
  const { t } = useText();
  const { verdict } = examination;
  const state = verdict === 'healthy' ? 'healthy' : verdict === 'damaged' ? 'unhealthy' : 'unknown';
  return (
    <div className="verdict">
      <StateBadge state={state} label={t(`doctor.verdict.${verdict}`)} size={22} />
    </div>
  );
}

interface PlanProps extends DoctorProps {
  readonly plan: RepairPlan;
  readonly start: (job: Job) => void;
}

function Plan({ plan, file, profile, start }: PlanProps): ReactNode {
  const { t, format, named, said } = useText();
  const client = useClient();
  const [chosen, setChosen] = useState(() => plan.repairs.filter((one) => one.isChosen).map(({ id }) => id));
  const repair = useAction(
    useCallback(
      (repairs: string[], isDryRun: boolean) => client.doctor.repair({ file, profile, repairs, isDryRun }),
      [client, file, profile],
    ),
  );
  const run = (isDryRun: boolean): void =>
    void repair.run(chosen, isDryRun).then((next) => next !== undefined && start(next));
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
              label={named(`repair.${one.id}`, one.title)}
              description={`${said(`planned.${one.code}`, one.what, one.values)} ${t(`doctor.risk.${one.risk}`)}`}
              checked={chosen.includes(one.id)}
              onChange={(event) =>
                setChosen(event.currentTarget.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))
              }
            />
          ))}
        </Stack>
      )}
      {plan.unanswered.length > 0 && (
        <Alert color="orange" title={t('doctor.unanswered')}>
          <Findings findings={plan.unanswered} />
        </Alert>
      )}
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

function Result({ report, start }: { readonly report: RepairReport; readonly start: (job: Job) => void }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const { file, undoId } = report;
  const undo = useAction(
    useCallback(() => client.doctor.undo({ file, ...(undoId !== null && { undoId }) }), [client, file, undoId]),
  );
  return (
    <Stack gap={14}>
      <RepairReportView report={report} />
      {report.isApplied && undoId !== null && (
        <Group justify="end">
          <Button
            variant="default"
            loading={undo.isBusy}
            onClick={() => void undo.run().then((next) => next !== undefined && start(next))}
          >
            {t('doctor.undo')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
