/** What can be done with a watched target: look now, change, remove. */
import type { TargetStatus } from '@contract/targets.ts';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useCallback, useState } from 'react';
import { useAction } from '../api/use-api.ts';
import { useClient } from '../api/use-client.tsx';
import { useText } from '../i18n/use-text.tsx';
import { TargetEditor } from './target-editor.tsx';

export function TargetActions({ status }: { readonly status: TargetStatus }): ReactNode {
  const { t } = useText();
  const client = useClient();
  const { id, title } = status.settings;
  const [isEdited, setEdited] = useState(false);
  const refresh = useAction(useCallback(() => client.targets.refresh({ id }), [client, id]));
  const remove = useAction(
    useCallback(() => client.targets.remove({ id }), [client, id]),
    { done: t('target.removed', { title }) },
  );
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('target.actions', { title })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => void refresh.run()}>
            {t('target.refresh')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setEdited(true)}>
            {t('target.edit')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => void remove.run()}>
            {t('target.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isEdited && (
        <TargetEditor
          settings={status.settings}
          secretsSet={status.secretsSet ?? []}
          onClose={() => setEdited(false)}
        />
      )}
    </>
  );
}
