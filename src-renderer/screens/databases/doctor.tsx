/** The repair wizard: examine, read the plan, repair, see before and after, take it back. */
import type { Job } from '@contract/doctor/jobs.ts';
import type { RepairReport } from '@contract/doctor/report.ts';
import { Alert, Button, Group, Stack, Stepper, Text } from '@mantine/core';
import { IconStethoscope, IconTool } from '@tabler/icons-react';
import { type ReactNode, useCallback } from 'react';
import { failureNext, failureWords, useAction } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { JobProgress } from './job-progress.tsx';
import { RepairPlanView } from './repair-plan.tsx';
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
      {job?.kind === 'undo' || job?.kind === 'restore' ? (
        <Text fw={600} mb={12}>
          {t(`job.kind.${job.kind}`)}
        </Text>
      ) : (
        <Stepper active={stepOf(job)} size="xs" mb={18} allowNextStepsSelect={false}>
          <Stepper.Step label={t('doctor.step.examine')} />
          <Stepper.Step label={t('doctor.step.plan')} />
          <Stepper.Step label={t('doctor.step.repair')} />
          <Stepper.Step label={t('doctor.step.result')} />
        </Stepper>
      )}
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
  if (job.result?.kind === 'repair' && isDryRun(job.result.report)) return 2;
  return job.state === 'done' ? 4 : 2;
}

const isDryRun = ({ isApplied, done }: RepairReport): boolean => !isApplied && done.length > 0;

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
      return <RepairPlanView plan={job.result.plan} file={file} profile={profile} start={start} />;
    case 'repair':
      return isDryRun(job.result.report) ? (
        <DryRunResult report={job.result.report} profile={profile} start={start} />
      ) : (
        <Result report={job.result.report} start={start} />
      );
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
    <Alert
      color={isChanged ? 'orange' : 'red'}
      title={t(isChanged ? 'doctor.undoAnyway.title' : job.kind === 'plan' ? 'job.notExamined' : 'job.failed')}
    >
      {isChanged
        ? t('doctor.undoAnyway.detail')
        : failure !== null && `${failureWords(failure, texts)} ${failureNext(failure, texts)}`}
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

/** The same repairs, in earnest. */
function DryRunResult({
  report,
  profile,
  start,
}: {
  readonly report: RepairReport;
  readonly profile: string | null;
  readonly start: (job: Job) => void;
}): ReactNode {
  const { t } = useText();
  const client = useClient();
  const repair = useAction(
    useCallback(
      () =>
        client.doctor.repair({
          file: report.file,
          profile,
          repairs: report.done.map(({ id }) => id),
          includeDoubtful: report.notes.some(({ kind }) => kind === 'doubtful-included'),
          // What would be lost was on the screen when the button was pressed.
          confirm: 'never',
        }),
      [client, report, profile],
    ),
  );
  return (
    <Stack gap={14}>
      <RepairReportView report={report} />
      <Group justify="end">
        <Button
          leftSection={<IconTool size={16} />}
          loading={repair.isBusy}
          onClick={() => void repair.run().then((next) => next !== undefined && start(next))}
        >
          {t('doctor.repair')}
        </Button>
      </Group>
    </Stack>
  );
}
