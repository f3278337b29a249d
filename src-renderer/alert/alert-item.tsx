/** One active alert with what can be said about it: acknowledge, snooze, and the doctor where he has an answer. */
import type { ActiveAlert } from '@contract/alerts/alert.ts';
import { incidentIdOf } from '@contract/alerts/incidents.ts';
import { Anchor, Badge, Button, Group, Menu, Text } from '@mantine/core';
import { IconBellZ, IconCheck, IconTool } from '@tabler/icons-react';
import { type ReactNode, useCallback } from 'react';
import { useAction } from '../api/use-api.ts';
import { useClient } from '../api/use-client.tsx';
import { useMetrics } from '../api/use-metrics.ts';
import { causeStatement } from '../explain/describe-cause.ts';
import { useText } from '../i18n/use-text.tsx';
import { useTargets, useTargetTitles } from '../targets/use-targets.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { alertAction } from './alert-action.ts';
import { alertAdvice, alertDetail, alertTitle, culpritText } from './describe-alert.ts';

const snoozeMinutes = [15, 60, 8 * 60, 24 * 60] as const;

export function AlertItem({
  alert,
  isCompact = false,
  isInFlyout = false,
}: {
  readonly alert: ActiveAlert;
  readonly isCompact?: boolean;
  /** Its links open the main window. */
  readonly isInFlyout?: boolean;
}): ReactNode {
  const texts = useText();
  const { t, format } = texts;
  const advice = alertAdvice(alert, texts);
  const detail = alertDetail(alert, texts, useMetrics());
  return (
    <article className="alert-item" data-severity={alert.severity} data-alert={alert.rule}>
      <Group justify="space-between" align="start" gap={8}>
        <div style={{ minWidth: 0, flex: '1 1 300px' }}>
          <StateBadge state={alert.severity} label={alertTitle(alert, texts, useTargetTitles())} />
          <Text size="sm" mt={2}>
            {detail !== '' && `${detail} · `}
            <Anchor
              href={`#/incidents/${incidentIdOf(alert)}`}
              size="sm"
              underline="always"
              title={t('incident.show')}
              {...(isInFlyout && { target: '_blank' })}
            >
              {t('alerts.since', { time: format.moment(alert.since) })}
            </Anchor>
          </Text>
          {alert.cause !== undefined ? (
            <Text size="sm" className="quiet">
              {t('alert.cause', { statement: causeStatement(alert.cause, texts) })}
            </Text>
          ) : (
            alert.culprits.length > 0 && (
              <Text size="sm" className="quiet">
                {t('alert.culprits', { list: culpritText(alert, texts) })}
              </Text>
            )
          )}
          {!isCompact && advice !== undefined && (
            <Text size="sm" className="quiet">
              {advice}{' '}
              {alert.runbook !== undefined && (
                <Anchor href={alert.runbook} target="_blank" rel="noreferrer" size="sm" underline="always">
                  {t('alert.runbook')}
                </Anchor>
              )}
            </Text>
          )}
          <AlertBadges alert={alert} />
        </div>
        {alert.state === 'firing' && <AlertActions alert={alert} isInFlyout={isInFlyout} />}
      </Group>
    </article>
  );
}

function AlertBadges({ alert }: { readonly alert: ActiveAlert }): ReactNode {
  const { t, format } = useText();
  const badges = [
    alert.acknowledged !== undefined && t('alert.acknowledged', { time: format.moment(alert.acknowledged.at) }),
    alert.silencedUntil !== undefined && t('alert.silenced', { time: format.moment(alert.silencedUntil) }),
    alert.inhibitedBy !== undefined && t('alert.inhibited'),
    alert.isFlapping === true && t('alert.flapping'),
    alert.isWithoutData === true && t('alert.withoutData'),
  ].filter((badge) => badge !== false);
  if (badges.length === 0) return null;
  return (
    <Group gap={6} mt={6}>
      {badges.map((badge) => (
        <Badge key={badge} variant="default" size="sm" tt="none" fw={500}>
          {badge}
        </Badge>
      ))}
    </Group>
  );
}

function AlertActions({ alert, isInFlyout }: { readonly alert: ActiveAlert; readonly isInFlyout: boolean }): ReactNode {
  const { t, format } = useText();
  const client = useClient();
  const acknowledge = useAction(
    useCallback(
      () =>
        alert.acknowledged === undefined
          ? client.alerts.acknowledge({ id: alert.id })
          : client.alerts.unacknowledge({ id: alert.id }),
      [client, alert.id, alert.acknowledged],
    ),
  );
  const snooze = useAction(
    useCallback((minutes: number) => client.alerts.silence({ alert: alert.id, minutes }), [client, alert.id]),
  );
  const targets = useTargets();
  const {
    label,
    path,
    isRepair = false,
  } = alertAction(
    alert,
    targets.find(({ settings }) => settings.id === alert.labels.target),
  );
  return (
    <Group gap={6} className="alert-actions">
      <Button
        component="a"
        href={`#${path}`}
        size="xs"
        variant={isRepair ? 'filled' : 'light'}
        {...(isRepair && { leftSection: <IconTool size={14} /> })}
        {...(isInFlyout && { target: '_blank' })}
      >
        {t(label)}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconCheck size={14} />}
        loading={acknowledge.isBusy}
        onClick={() => void acknowledge.run()}
      >
        {alert.acknowledged === undefined ? t('alert.acknowledge') : t('alert.unacknowledge')}
      </Button>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconBellZ size={14} />} loading={snooze.isBusy}>
            {t('alert.snooze')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {snoozeMinutes.map((minutes) => (
            <Menu.Item key={minutes} onClick={() => void snooze.run(minutes)}>
              {t('alert.snoozeFor', { duration: format.duration(minutes * 60) })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
