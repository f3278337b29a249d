import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArchive } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import { useAction, useApi } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { Answer, Empty } from '../../ui/states.tsx';

const askEveryMs = 10_000;

export function Backups({ file }: { readonly file: string }): ReactNode {
  const { t, format } = useText();
  const api = useApi();
  const client = useClient();
  const backups = useQuery({
    ...api.doctor.backups.list.queryOptions({ input: { file } }),
    refetchInterval: askEveryMs,
  });
  const make = useAction(
    useCallback(() => client.doctor.backups.make({ file }), [client, file]),
    { done: t('backups.started') },
  );
  const restore = useAction(
    useCallback((backupId: string) => client.doctor.backups.restore({ file, backupId }), [client, file]),
    { done: t('backups.restoring') },
  );
  return (
    <Card
      className="span-6"
      title={t('backups.title')}
      aside={
        <Button size="xs" variant="default" loading={make.isBusy} onClick={() => void make.run()}>
          {t('backups.make')}
        </Button>
      }
    >
      <Answer query={backups} rows={2}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon={IconArchive} title={t('backups.none')} detail={t('backups.noneDetail')} />
          ) : (
            <Stack gap={0}>
              {list.map((backup) => (
                <Group key={backup.id} className="list-row" justify="space-between" wrap="nowrap">
                  <div>
                    <Text size="sm" fw={600}>
                      {format.dateTime(backup.at)}
                    </Text>
                    <Text size="xs" className="quiet">
                      {t('backups.verified', { size: format.value(backup.sizeBytes, 'bytes') })}
                    </Text>
                  </div>
                  <Button size="xs" variant="default" onClick={() => void restore.run(backup.id)}>
                    {t('backups.restore')}
                  </Button>
                </Group>
              ))}
            </Stack>
          )
        }
      </Answer>
    </Card>
  );
}
