import { Button, Code, CopyButton, Group, Tabs, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { useLiveState } from '../../live/use-live.tsx';
import { Card } from '../../ui/card.tsx';
import { snippets } from './snippets.ts';

/** How an application tells what it does: ready to copy, with the address that answers now. */
export function ReportEvents(): ReactNode {
  const { t } = useText();
  const port = useLiveState('ports')?.find(({ name }) => name === 'dashboard')?.actual ?? 5000;
  const ready = snippets(`http://127.0.0.1:${port}`);
  return (
    <Card className="span-12" title={t('report.title')}>
      <Text size="sm" className="quiet" mb={10}>
        {t('report.detail')}
      </Text>
      <Tabs defaultValue={ready[0]?.name ?? ''} keepMounted={false}>
        <Tabs.List>
          {ready.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {ready.map(({ name, text }) => (
          <Tabs.Panel key={name} value={name} pt={10}>
            <Code block fz={12.5} tabIndex={0} aria-label={name}>
              {text}
            </Code>
            <Group justify="end" mt={8}>
              <CopyButton value={text}>
                {({ copied, copy }) => (
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
                    onClick={copy}
                  >
                    {copied ? t('report.copied') : t('report.copy')}
                  </Button>
                )}
              </CopyButton>
            </Group>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Card>
  );
}
