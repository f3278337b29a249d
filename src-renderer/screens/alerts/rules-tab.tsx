/** The rules: switch on and off, change, add, try on the stored history, export. */
import { severities } from '@contract/alerts/alert.ts';
import type { RuleView } from '@contract/alerts/alert-procedures.ts';
import type { Draft } from '@contract/forms/form.ts';
import { Alert, Badge, Button, Group, Menu, Stack, Switch, Text, UnstyledButton } from '@mantine/core';
import { IconDownload, IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useState } from 'react';
import { ruleTitle } from '../../alert/describe-alert.ts';
import { saveAs } from '../../api/save-as.ts';
import { useAction, useApi } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';
import { useText } from '../../i18n/use-text.tsx';
import { Card } from '../../ui/card.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Answer } from '../../ui/states.tsx';
import { describeRule } from './describe-rule.ts';
import { newRule } from './rule-draft.ts';
import { RuleEditor } from './rule-editor.tsx';

export function RulesTab(): ReactNode {
  const texts = useText();
  const { t } = texts;
  const api = useApi();
  const client = useClient();
  const rules = useQuery(api.alerts.rules.queryOptions());
  const metrics = useQuery(api.metrics.list.queryOptions());
  const [edited, setEdited] = useState<{ readonly draft: Draft; readonly view?: RuleView }>();
  const save = useAction(
    useCallback((view: RuleView, isEnabled: boolean) => client.alerts.saveRule({ ...view.rule, isEnabled }), [client]),
  );
  const exportAs = async (format: 'prometheus' | 'json'): Promise<void> => {
    const { fileName, text } = await client.alerts.exportRules({ format });
    saveAs(fileName, text);
  };
  return (
    <Card
      title={t('rules.title')}
      aside={
        <Group gap={8} wrap="nowrap">
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="xs" variant="default" leftSection={<IconDownload size={14} />}>
                {t('rules.export')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void exportAs('prometheus')}>{t('rules.exportPrometheus')}</Menu.Item>
              <Menu.Item onClick={() => void exportAs('json')}>JSON</Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setEdited({ draft: newRule })}>
            {t('rules.new')}
          </Button>
        </Group>
      }
    >
      <Answer query={rules} rows={8}>
        {(answer) => (
          <Stack gap={0}>
            {answer.refused.map((one) => (
              <Alert key={one.id + one.field} color="red" mb={8} title={t('rules.refused', { id: one.id })}>
                {one.field}: {one.reason}
              </Alert>
            ))}
            {answer.rules.map((view) => (
              <Group key={view.rule.id} className="list-row" justify="space-between" wrap="nowrap" gap={12}>
                <UnstyledButton
                  className="row-button"
                  onClick={() => setEdited({ draft: view.rule, view })}
                  aria-label={t('rules.edit', { title: ruleTitle(view, texts) })}
                >
                  <div style={{ minWidth: 0 }}>
                    <Group gap={8}>
                      <StateBadge
                        state={severities.findLast((severity) => view.rule.levels[severity] !== undefined) ?? 'info'}
                        label={ruleTitle(view, texts)}
                        size={16}
                      />
                      {view.origin !== 'shipped' && (
                        <Badge size="xs" variant="default" tt="none">
                          {t(`rules.origin.${view.origin}`)}
                        </Badge>
                      )}
                    </Group>
                    <Text size="xs" className="quiet">
                      {describeRule(view.rule, metrics.data ?? [], texts)}
                      {view.seriesCount === 0 && ` · ${t('rules.noSeries')}`}
                    </Text>
                  </div>
                  <IconPencil size={16} stroke={1.6} aria-hidden="true" />
                </UnstyledButton>
                <Switch
                  checked={view.rule.isEnabled}
                  onChange={(event) => void save.run(view, event.currentTarget.checked)}
                  aria-label={t('rules.enabled', { title: ruleTitle(view, texts) })}
                />
              </Group>
            ))}
          </Stack>
        )}
      </Answer>
      {edited !== undefined && (
        <RuleEditor
          draft={edited.draft}
          metrics={metrics.data ?? []}
          onClose={() => setEdited(undefined)}
          {...(edited.view !== undefined && { view: edited.view })}
        />
      )}
    </Card>
  );
}
