/** One database: facts, the doctor, backups, what can be taken back. */
import type { TargetStatus } from '@contract/targets.ts';
import { Anchor, Text } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { describeFinding } from '../../targets/describe-finding.ts';
import { TargetActions } from '../../targets/target-actions.tsx';
import { TargetStateBadge } from '../../targets/target-state.tsx';
import { Card } from '../../ui/card.tsx';
import { ScreenHeader } from '../../ui/screen-header.tsx';
import { Backups } from './backups.tsx';
import { databaseFigures } from './database-figures.ts';
import { Doctor } from './doctor.tsx';
import { UndoList } from './undo-list.tsx';

export function DatabasePage({ status }: { readonly status: TargetStatus }): ReactNode {
  const texts = useText();
  const { t } = texts;
  const { settings } = status;
  if (settings.kind !== 'sqlite') return null;
  return (
    <>
      <Anchor href="#/databases" size="sm" className="back-link">
        <IconChevronLeft size={14} /> {t('screen.databases')}
      </Anchor>
      <ScreenHeader title={settings.title}>
        <TargetStateBadge status={status} />
        <TargetActions status={status} />
      </ScreenHeader>
      <div className="grid">
        <Card className="span-12" title={t('databases.state')}>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {describeFinding(status, texts)}
          </Text>
          <Text size="xs" className="quiet" style={{ overflowWrap: 'anywhere' }}>
            {settings.path}
          </Text>
          <div className="facts">
            {databaseFigures(status, texts).map(({ name, value, detail }) => (
              <div key={name} style={{ minWidth: 0 }}>
                <Text fw={600} title={detail} style={{ overflowWrap: 'anywhere' }}>
                  {value}
                </Text>
                <Text size="xs" className="quiet">
                  {name}
                </Text>
              </div>
            ))}
          </div>
        </Card>
        <Doctor file={settings.path} profile={settings.profile} />
        <Backups file={settings.path} />
        <UndoList file={settings.path} />
      </div>
    </>
  );
}
