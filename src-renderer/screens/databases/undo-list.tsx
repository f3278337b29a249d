import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import { useAction, useApi } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { Answer, Empty } from '../../ui/states.tsx';

const askEveryMs = 10_000;

/** The originals that are kept, newest first. */
export function UndoList({ file }: { readonly file: string }): ReactNode {
  const { t, format } = useText();
  const api = useApi();
  const client = useClient();
  const entries = useQuery({ ...api.doctor.undoList.queryOptions({ input: { file } }), refetchInterval: askEveryMs });
  const undo = useAction(
    useCallback(
      (undoId: string, isChangeAccepted: boolean) => client.doctor.undo({ file, undoId, isChangeAccepted }),
      [client, file],
    ),
    { done: t('undo.started') },
  );
  return (
    <Card className="span-6" title={t('undo.title')}>
      <Answer query={entries} rows={2}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon={IconArrowBackUp} title={t('undo.none')} detail={t('undo.noneDetail')} />
          ) : (
            <Stack gap={0}>
              {list.map((entry) => (
                <Group key={entry.id} className="list-row" justify="space-between" wrap="nowrap">
                  <div>
                    <Text size="sm" fw={600}>
                      {t(`undo.kind.${entry.kind}`, { time: format.dateTime(entry.at) })}
                    </Text>
                    <Text size="xs" className="quiet">
                      {format.value(entry.sizeBytes, 'bytes')}
                      {entry.isChangedSince && ` · ${t('undo.changedSince')}`}
                    </Text>
                  </div>
                  <Button size="xs" variant="default" onClick={() => void undo.run(entry.id, entry.isChangedSince)}>
                    {t('undo.takeBack')}
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
