/** What fires now, what fired before, which rules there are, and what is silenced. */
import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLocation, useParams } from 'wouter';
import { useText } from '../../i18n/use-text.tsx';
import { ScreenHeader } from '../../ui/screen-header.tsx';
import { ActiveTab } from './active-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { RulesTab } from './rules-tab.tsx';
import { SilencesTab } from './silences-tab.tsx';

const tabs = { active: ActiveTab, history: HistoryTab, rules: RulesTab, silences: SilencesTab } as const;
type Tab = keyof typeof tabs;

export function Alerts(): ReactNode {
  const { t } = useText();
  const [, go] = useLocation();
  const { tab: asked = 'active' } = useParams<{ tab?: string }>();
  const tab: Tab = asked in tabs ? (asked as Tab) : 'active';
  const Shown = tabs[tab];
  return (
    <>
      <ScreenHeader title={t('screen.alerts')} />
      <Tabs value={tab} onChange={(next) => go(`/alerts/${next}`)} keepMounted={false}>
        <Tabs.List mb={16}>
          {(Object.keys(tabs) as Tab[]).map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`alerts.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Shown />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
