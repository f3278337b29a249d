/** What a repair did: before and after, table by table, and what it cost. */
import type { RepairNote, RepairReport } from '@contract/doctor/report.ts';
import { Alert, Code, Group, List, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { failureWords } from '../../api/use-api.ts';
import { type Texts, useText } from '../../i18n/use-text.tsx';
import { Findings } from './findings.tsx';
import { LossReport } from './loss-report.tsx';
import { RowChanges } from './row-changes.tsx';
import { Verdict } from './verdict.tsx';

/** Of a repair that failed, which one and why. */
function noteText({ kind, message, values, failure }: RepairNote, texts: Texts): string {
  if (failure === undefined) return texts.say(`note.${kind}`, message, values);
  const repair = texts.say(`repair.${values?.repair}`, message.split(':')[0] ?? '');
  return `${repair}: ${failureWords(failure, texts)}`;
}

/** Whole as a database, and not all that the application had. */
const isLossy = ({ loss, lostAndFound }: RepairReport): boolean =>
  lostAndFound > 0 ||
  loss.some(
    ({ doubtful, missingAtLeast, missingAtMost, schemaFrom }) =>
      doubtful > 0 || missingAtLeast > 0 || missingAtMost === null || schemaFrom === 'inferred',
  );

export function RepairReportView({ report }: { readonly report: RepairReport }): ReactNode {
  const texts = useText();
  const { t, format, say } = texts;
  return (
    <Stack gap={14}>
      {!report.isApplied && <Alert color="accent">{t('doctor.dryRunDone')}</Alert>}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <section className="card" aria-label={t('doctor.before')}>
          <Text size="xs" className="quiet" mb={6}>
            {t('doctor.before')}
          </Text>
          <Verdict examination={report.before} />
          <div style={{ height: 8 }} />
          <Findings findings={report.before.findings} />
        </section>
        <section className="card" aria-label={t('doctor.after')}>
          <Text size="xs" className="quiet" mb={6}>
            {t('doctor.after')}
          </Text>
          <Verdict examination={report.after} isLossy={isLossy(report)} />
          <div style={{ height: 8 }} />
          {isLossy(report) && report.after.findings.length === 0 ? (
            <Text size="sm" className="quiet">
              {t('doctor.noDamageLeft')}
            </Text>
          ) : (
            <Findings findings={report.after.findings} />
          )}
        </section>
      </SimpleGrid>
      <List size="sm">
        {report.done.map((one) => (
          <List.Item key={one.id}>{say(one.code, one.did, one.values)}</List.Item>
        ))}
        {report.notes.map((note) => (
          <List.Item key={note.message}>{noteText(note, texts)}</List.Item>
        ))}
      </List>
      <RowChanges report={report} />
      {(report.loss.length > 0 || report.lostAndFound > 0) && <LossReport report={report} />}
      <Group gap={6}>
        <Text size="xs" className="quiet">
          {t('doctor.took', { duration: format.value(report.ms / 1000, 'seconds') })}
        </Text>
        <Code fz={11} title={report.sha256After}>
          sha256 {report.sha256After.slice(0, 16)}…
        </Code>
      </Group>
    </Stack>
  );
}
