/** Ways to be told: each with whether it works, a test, and its form. */
import type { ChannelKind, ChannelView } from '@contract/channels.ts';
import { Badge, Button, Group, Menu, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useApi } from '../../api/use-api.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { Answer } from '../../ui/states.tsx';
import { ChannelEditor } from './channel-editor.tsx';
import { DeliveryLine } from './delivery-line.tsx';

export function Channels(): ReactNode {
  const { t, say } = useText();
  const api = useApi();
  const kinds = useQuery(api.channels.kinds.queryOptions());
  const channels = useQuery({ ...api.channels.list.queryOptions(), refetchInterval: 10_000 });
  const [edited, setEdited] = useState<{ readonly kind: ChannelKind; readonly view?: ChannelView }>();
  const kindOf = (view: ChannelView): ChannelKind | undefined =>
    kinds.data?.find(({ kind }) => kind === view.channel.kind);
  return (
    <Card
      title={t('channels.title')}
      aside={
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="xs" leftSection={<IconPlus size={14} />}>
              {t('channels.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(kinds.data ?? []).map((kind) => (
              <Menu.Item key={kind.kind} onClick={() => setEdited({ kind })}>
                {say(`channel.${kind.kind}`, kind.title)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    >
      <Answer query={channels} rows={2}>
        {(list) => (
          <Stack gap={0}>
            {list.map((view) => {
              const kind = kindOf(view);
              const { channel, lastDelivery, waiting } = view;
              const queued = waiting > 0 ? ` · ${t('channels.waiting', { count: waiting })}` : '';
              return (
                <UnstyledButton
                  key={channel.id}
                  className="list-row"
                  disabled={kind === undefined}
                  onClick={() => kind !== undefined && setEdited({ kind, view })}
                >
                  <Group justify="space-between" wrap="nowrap">
                    <div style={{ minWidth: 0 }}>
                      <Text size="sm" fw={600}>
                        {channel.title}
                      </Text>
                      {lastDelivery === undefined ? (
                        <Text size="xs" className="quiet">
                          {t('channels.neverUsed')}
                          {queued}
                        </Text>
                      ) : (
                        <DeliveryLine last={lastDelivery} after={queued} />
                      )}
                    </div>
                    <Group gap={12} wrap="nowrap" style={{ flex: 'none' }}>
                      <Badge variant="default" tt="none" style={{ flex: 'none' }}>
                        {t(channel.isEnabled ? 'channels.on' : 'channels.off')}
                      </Badge>
                      <IconPencil
                        size={16}
                        stroke={1.6}
                        style={{ flex: 'none' }}
                        color="var(--text-quiet)"
                        aria-hidden="true"
                      />
                    </Group>
                  </Group>
                </UnstyledButton>
              );
            })}
          </Stack>
        )}
      </Answer>
      {edited !== undefined && <ChannelEditor {...edited} onClose={() => setEdited(undefined)} />}
    </Card>
  );
}
