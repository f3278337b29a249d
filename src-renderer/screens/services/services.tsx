/** What answers on this machine, what applications report, and how to report. */
import type { TargetKind } from '@contract/settings/targets.ts';
import type { TargetStatus } from '@contract/targets.ts';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../api/use-api.ts';
import { useText } from '../../i18n/use-text.tsx';
import { useLive } from '../../live/use-live.tsx';
import { describeFinding } from '../../targets/describe-finding.ts';
import { TargetActions } from '../../targets/target-actions.tsx';
import { TargetEditor } from '../../targets/target-editor.tsx';
import { TargetStateBadge } from '../../targets/target-state.tsx';
import { Card } from '../../ui/card.tsx';
import { ScreenHeader } from '../../ui/screen-header.tsx';
import { Answer, Empty } from '../../ui/states.tsx';
import { Application } from './application.tsx';
import { ReportEvents } from './report-events.tsx';

const kinds: readonly TargetKind[] = ['http', 'port', 'process', 'log', 'prometheus', 'container'];
const askEveryMs = 5_000;

export function Services(): ReactNode {
  const { t } = useText();
  const api = useApi();
  const [isAdding, setAdding] = useState(false);
  const targets = useQuery({ ...api.targets.list.queryOptions(), refetchInterval: askEveryMs });
  return (
    <>
      <ScreenHeader title={t('screen.services')}>
        <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
          {t('service.add')}
        </Button>
      </ScreenHeader>
      <div className="grid">
        <Card className="span-12" title={t('service.title')}>
          <Answer query={targets}>
            {(all) => {
              const services = all.filter(({ settings }) => settings.kind !== 'sqlite');
              return services.length === 0 ? (
                <Empty icon={IconPlugConnected} title={t('service.none')} detail={t('service.noneDetail')} />
              ) : (
                <Stack gap={0}>
                  {services.map((status) => (
                    <ServiceRow key={status.settings.id} status={status} />
                  ))}
                </Stack>
              );
            }}
          </Answer>
        </Card>
        <Application />
        <ReportEvents />
      </div>
      {isAdding && <TargetEditor kinds={kinds} onClose={() => setAdding(false)} />}
    </>
  );
}

function ServiceRow({ status }: { readonly status: TargetStatus }): ReactNode {
  const texts = useText();
  const { say, format } = texts;
  const { id, kind, title } = status.settings;
  const key = `target_check_seconds{target="${id}",kind="${kind}"}`;
  const seconds = useLive(key).latest(key);
  return (
    <Group className="list-row" justify="space-between" wrap="nowrap" gap={12}>
      <div style={{ minWidth: 0, flex: 1 }}>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="xs" className="quiet">
          {say(`target-kind.${kind}`, kind)} · {describeFinding(status, texts)}
        </Text>
      </div>
      <Text size="sm" className="quiet wide-only" miw={70} ta="right">
        {seconds === null ? '' : format.value(seconds, 'seconds')}
      </Text>
      <TargetStateBadge status={status} />
      <TargetActions status={status} />
    </Group>
  );
}
