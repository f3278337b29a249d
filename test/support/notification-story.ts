/** Notifications to send, and everything a channel wants besides. */
import type { ActiveAlert } from '../../src-main/contract/alerts/alert.ts';
import type { TransitionKind } from '../../src-main/contract/alerts/alert-procedures.ts';
import type { ChannelSettings } from '../../src-main/contract/settings/notify.ts';
import type { AnyLanguage } from '../../src-main/contract/text/text.ts';
import type { Notification } from '../../src-main/notify/channel.ts';
import { createChannels } from '../../src-main/notify/channels/index.ts';
import { type SendDeps, sendNotification } from '../../src-main/notify/send-notification.ts';
import type { Clock } from '../../src-main/platform/clock.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import { speakerIn } from './speak.ts';

export const notificationAt = Date.UTC(2026, 0, 5, 12);

export const alertOf = (changes: Partial<ActiveAlert> = {}): ActiveAlert => ({
  id: `critical_cpu/critical/system_cpu_percent@${notificationAt}`,
  rule: 'critical_cpu',
  title: 'CPU is at its limit',
  severity: 'critical',
  state: 'firing',
  summary: 'CPU is at its limit: 97 %, limit above 95 %.',
  labels: {},
  series: 'system_cpu_percent',
  unit: 'percent',
  value: 97.24,
  threshold: 95,
  direction: 'above',
  since: notificationAt - 30_000,
  firedAt: notificationAt,
  resource: 'cpu',
  culprits: [{ name: 'clang <x&y>', pid: 4242, value: 181.5 }],
  advice: 'End or slow down the process named here.',
  ...changes,
});

export const notificationOf = (
  kind: TransitionKind = 'fired',
  alerts: readonly ActiveAlert[] = [alertOf()],
): Notification => {
  const at = kind === 'resolved' ? notificationAt + 90_000 : notificationAt;
  const seen = kind === 'resolved' ? alerts.map((alert) => ({ ...alert, resolvedAt: at })) : alerts;
  return {
    id: `channel/${at}/1`,
    at,
    items: seen.map((alert) => ({ id: `${alert.id}/${kind}/${at}`, kind, at, alert })),
  };
};

export function senderOf(
  kind: string,
  options: ChannelSettings['options'],
  secrets: Readonly<Record<string, string>> = {},
  more: { readonly clock?: Clock; readonly language?: AnyLanguage } = {},
) {
  const settings: ChannelSettings = {
    id: 'channel',
    kind,
    title: kind,
    isEnabled: true,
    maxPerMinute: 60,
    sendResolved: true,
    options,
  };
  const deps: SendDeps = {
    clock: more.clock ?? systemClock,
    channels: createChannels([]),
    secret: async (_, field) => secrets[field],
    speaker: () => speakerIn(more.language ?? 'en'),
    machine: 'workshop',
    dashboard: () => 'http://127.0.0.1:5000',
  };
  return { settings, deps, send: (notification: Notification) => sendNotification(notification, settings, deps) };
}
