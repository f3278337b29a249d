/** How far a job is: phase, percentage, time left, and a way out. */
import type { Job } from '@contract/doctor/jobs.ts';
import { Alert, Button, Group, List, Progress, Stack, Text } from '@mantine/core';
import { type ReactNode, useCallback } from 'react';
import { useAction } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { LossReport } from './loss-report.tsx';
import { RowChanges } from './row-changes.tsx';

export function JobProgress({
  job,
  onChange,
}: {
  readonly job: Job;
  readonly onChange: (job: Job) => void;
}): ReactNode {
  const { t, format } = useText();
  const client = useClient();
  const { id, progress } = job;
  const cancel = useAction(useCallback(() => client.doctor.jobs.cancel({ id }), [client, id]));
  const percent = Math.round(progress.percent);
  return (
    <Stack gap={10}>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {/* Each phase is told to those who do not see it, not each per cent. */}
          <span role="status">{t(`job.phase.${progress.phase}`)}</span> · {format.limit(percent, 'percent')}
        </Text>
        <Text size="sm" className="quiet">
          {progress.leftMs === null || job.question !== null
            ? ''
            : t('job.left', { duration: format.duration(Math.max(1, progress.leftMs / 1000)) })}
        </Text>
      </Group>
      <Progress value={percent} size={8} aria-label={t(`job.kind.${job.kind}`)} transitionDuration={0} />
      {job.question !== null && <Question job={job} onChange={onChange} />}
      <Group justify="space-between">
        <Text size="xs" className="quiet">
          {t('job.goesOn')}
        </Text>
        <Button size="xs" variant="default" loading={cancel.isBusy} onClick={() => void cancel.run()}>
          {t('action.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

function Question({ job, onChange }: { readonly job: Job; readonly onChange: (job: Job) => void }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const answer = useAction(
    useCallback((goOn: boolean) => client.doctor.jobs.answer({ id: job.id, goOn }), [client, job.id]),
  );
  const say = (goOn: boolean): void => void answer.run(goOn).then((next) => next !== undefined && onChange(next));
  const { question } = job;
  if (question === null) return null;
  if (question.kind === 'held')
    return (
      <Alert color="orange" title={t('job.held')}>
        <List size="sm">
          {question.holders.map(({ pid, name }) => (
            <List.Item key={pid}>
              {name} ({pid})
            </List.Item>
          ))}
        </List>
        <Text size="sm" mt={6}>
          {t('job.heldDetail')}
        </Text>
      </Alert>
    );
  if (job.kind === 'restore')
    return (
      <Alert color="orange" title={t('job.confirmRestore')}>
        <RowChanges report={question.report} />
        <Group mt={10} gap={8}>
          <Button size="xs" loading={answer.isBusy} onClick={() => say(true)}>
            {t('job.confirmRestoreYes')}
          </Button>
          <Button size="xs" variant="default" onClick={() => say(false)}>
            {t('job.confirmRestoreNo')}
          </Button>
        </Group>
      </Alert>
    );
  return (
    <Alert color="orange" title={t('job.confirm')}>
      <LossReport report={question.report} />
      <Group mt={10} gap={8}>
        <Button size="xs" loading={answer.isBusy} onClick={() => say(true)}>
          {t('job.confirmYes')}
        </Button>
        <Button size="xs" variant="default" onClick={() => say(false)}>
          {t('job.confirmNo')}
        </Button>
      </Group>
    </Alert>
  );
}
