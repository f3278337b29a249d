/** The command palette (Ctrl/Cmd+K), and the list of shortcuts (?). */
import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useText } from '../i18n/use-text.tsx';
import { type Command, useCommands } from './commands.tsx';
import { useFinds } from './finds.ts';

const groups = ['palette.screens', 'palette.actions'] as const;
const findGroups = ['screen.processes', 'screen.databases', 'screen.services', 'screen.trends'] as const;
/** So many are read at a glance; another letter brings the others. */
const maxFound = 12;

export function Palette(): ReactNode {
  const { t } = useText();
  const [isListed, { open, close }] = useDisclosure();
  const commands = useCommands(open);
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [, go] = useLocation();
  const finds = useFinds(isOpen);
  useHotkeys(
    commands.flatMap(({ keys, run }) => {
      if (keys === undefined) return [];
      return [keys.startsWith('alt') ? [physical(keys), run, { usePhysicalKeys: true }] : [keys, run]];
    }) as never,
  );
  return (
    <>
      <Spotlight
        onSpotlightOpen={() => setOpen(true)}
        onSpotlightClose={() => setOpen(false)}
        query={query}
        onQueryChange={setQuery}
        attributes={{ content: { 'aria-label': t('palette.open') } }}
        limit={query.trim() === '' ? Number.POSITIVE_INFINITY : maxFound}
        actions={[
          ...groups.map((group) => ({
            group: t(group),
            actions: commands
              .filter((command) => command.group === group)
              .map(({ id, label, icon, keys, run }) => ({
                id,
                label,
                onClick: run,
                leftSection: icon ?? <span className="no-icon" />,
                rightSection: keys === undefined ? undefined : <Keys keys={keys} />,
              })),
          })),
          // Without a word to look for, hundreds of processes and metrics would bury what can be done.
          ...(query.trim() === '' ? [] : findGroups).map((group) => ({
            group: t(group),
            actions: finds
              .filter((find) => find.group === group)
              .map(({ id, label, description, path }) => ({
                id,
                label,
                ...(description !== undefined && { description }),
                onClick: () => go(path),
              })),
          })),
        ]}
        shortcut={['mod + K']}
        nothingFound={t('palette.nothing')}
        highlightQuery
        searchProps={{
          leftSection: <IconSearch size={18} />,
          placeholder: t('palette.search'),
          'aria-label': t('palette.search'),
        }}
      />
      <Modal
        opened={isListed}
        onClose={close}
        title={t('shortcuts.title')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <Stack gap={8}>
          <Row label={t('palette.open')} keys="mod+K" />
          {commands.map(
            (command) =>
              command.keys !== undefined && <Row key={command.id} label={command.label} keys={command.keys} />,
          )}
        </Stack>
      </Modal>
    </>
  );
}

/**
 * By place on the keyboard, because with Option a Mac types another character; the place of a digit is called `Digit3`.
 */
const physical = (keys: string): string => keys.replace(/\d$/, 'Digit$&');

function Row({ label, keys }: Pick<Command, 'label'> & { readonly keys: string }): ReactNode {
  return (
    <Group justify="space-between">
      <Text size="sm">{label}</Text>
      <Keys keys={keys} />
    </Group>
  );
}

const isMac = (): boolean => navigator.platform.startsWith('Mac');

function Keys({ keys }: { readonly keys: string }): ReactNode {
  const names: Readonly<Record<string, string>> = isMac()
    ? { mod: '⌘', alt: '⌥', shift: '⇧' }
    : { mod: 'Ctrl', alt: 'Alt', shift: 'Shift' };
  return (
    <Group gap={4} wrap="nowrap">
      {keys
        .replace('shift+', '')
        .split('+')
        .map((key) => (
          <Kbd key={key} size="xs">
            {names[key] ?? key}
          </Kbd>
        ))}
    </Group>
  );
}
