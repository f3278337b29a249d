/** The tray's menu as data; everything important works from here alone. Pure. */
import { basename } from 'node:path';
import type { ActiveAlert } from '../../contract/alert.ts';
import { placesOf } from '../../contract/alert-place.ts';
import type { Job } from '../../contract/doctor.ts';
import type { LiveState } from '../../contract/live.ts';
import { repairableTarget } from '../../contract/repairable-alerts.ts';
import { noticeTexts } from '../../notify/text/index.ts';
import type { DesktopText } from '../text/index.ts';
import { firingAlerts, timeOfDay, tooltipOf, trayStateOf } from './tray-state.ts';

export type TrayCommand =
  | { readonly kind: 'open'; readonly screen: string }
  | { readonly kind: 'acknowledge' | 'snooze'; readonly alert: string }
  /** One click: with its copy and undo, and a question first where rows would be lost. */
  | { readonly kind: 'repair'; readonly target: string }
  | { readonly kind: 'cancel-job' | 'go-on'; readonly job: string }
  | { readonly kind: 'pause' | 'resume' | 'quit' | 'restart-to-update' };

export type TrayMenuItem =
  | { readonly kind: 'line' }
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'command'; readonly label: string; readonly command: TrayCommand; readonly isOff?: boolean }
  | { readonly kind: 'menu'; readonly label: string; readonly items: readonly TrayMenuItem[] };

export interface TrayMenuInput {
  readonly state: LiveState | undefined;
  readonly jobs: readonly Job[];
  readonly text: DesktopText;
  /** Version of an update that waits for a restart. */
  readonly update?: string;
}

const line: TrayMenuItem = { kind: 'line' };
/** More are on the alerts screen; a menu longer than the screen can't be used. */
const mostAlerts = 8;
export function trayMenu({ state, jobs, text, update }: TrayMenuInput): readonly TrayMenuItem[] {
  const alerts = firingAlerts(state);
  const running = jobs.filter((job) => job.state === 'running' || job.state === 'waiting');
  const pausedUntil = state?.isPausedUntil ?? null;
  const [, figures = ''] = ['', ...tooltipOf(state, text).split('\n')];
  return [
    { kind: 'text', label: trayStateOf(state) === 'no-data' ? text.state['no-data'] : figures },
    line,
    { kind: 'command', label: text.open, command: { kind: 'open', screen: '/' } },
    {
      kind: 'menu',
      label: text.goTo,
      items: Object.entries(text.screens).map(([screen, label]) => ({
        kind: 'command',
        label,
        command: { kind: 'open', screen },
      })),
    },
    line,
    ...(alerts.length === 0
      ? [{ kind: 'text', label: text.noAlerts } as const]
      : [
          { kind: 'text', label: text.alerts(alerts.length) } as const,
          ...alerts.slice(0, mostAlerts).map((alert) => alertMenu(alert, text)),
        ]),
    ...(running.length === 0 ? [] : [line, ...running.map((job) => jobMenu(job, text))]),
    line,
    pausedUntil === null
      ? { kind: 'command', label: text.pauseHour, command: { kind: 'pause' } }
      : {
          kind: 'command',
          label: `${text.resume} (${text.pausedUntil(timeOfDay(pausedUntil, text.locale))})`,
          command: { kind: 'resume' },
        },
    { kind: 'command', label: text.settings, command: { kind: 'open', screen: '/settings' } },
    ...(update === undefined
      ? []
      : [{ kind: 'command', label: text.restartToUpdate(update), command: { kind: 'restart-to-update' } } as const]),
    line,
    { kind: 'command', label: text.quit, command: { kind: 'quit' } },
  ];
}

function alertMenu(alert: ActiveAlert, text: DesktopText): TrayMenuItem {
  const words = noticeTexts[text.locale === 'de' ? 'de' : 'en'];
  const place = placesOf(alert.labels).join(', ');
  const title = alert.hasOwnTitle ? alert.title : (words.rules[alert.rule]?.title ?? alert.title);
  const isAcknowledged = alert.acknowledged !== undefined;
  const target = repairableTarget(alert);
  return {
    kind: 'menu',
    label: `${words.severity[alert.severity]}: ${title}${place === '' ? '' : ` (${place})`}`,
    items: [
      ...(target !== undefined
        ? [{ kind: 'command', label: text.repair, command: { kind: 'repair', target } } as const]
        : []),
      {
        kind: 'command',
        label: isAcknowledged ? text.acknowledged : text.acknowledge,
        command: { kind: 'acknowledge', alert: alert.id },
        isOff: isAcknowledged,
      },
      {
        kind: 'command',
        label: text.snoozeHour,
        command: { kind: 'snooze', alert: alert.id },
        isOff: alert.silencedUntil !== undefined,
      },
      { kind: 'command', label: text.show, command: { kind: 'open', screen: '/alerts' } },
    ],
  };
}

function jobMenu(job: Job, text: DesktopText): TrayMenuItem {
  const what = `${text.jobs[job.kind]} ${basename(job.file)}`;
  const { percent, leftMs } = job.progress;
  const left = leftMs === null ? '' : `, ${text.minutesLeft(Math.round(leftMs / 60_000))}`;
  const { question } = job;
  const how = question === null ? `${Math.round(percent)} %${left}` : text.jobWaits[question.kind];
  return {
    kind: 'menu',
    label: `${what}: ${how}`,
    items: [
      { kind: 'command', label: text.show, command: { kind: 'open', screen: '/databases' } },
      ...(question?.kind === 'confirm'
        ? [{ kind: 'command', label: text.repairAnyway, command: { kind: 'go-on', job: job.id } } as const]
        : []),
      { kind: 'command', label: text.cancel, command: { kind: 'cancel-job', job: job.id } },
    ],
  };
}
