/** The tray's menu as data; everything important works from here alone. Pure. */
import { basename } from 'node:path';
import type { ActiveAlert } from '../../contract/alerts/alert.ts';
import { placesOf } from '../../contract/alerts/alert-place.ts';
import { repairableTarget } from '../../contract/alerts/repairable-alerts.ts';
import type { Job } from '../../contract/doctor/jobs.ts';
import type { LiveState } from '../../contract/live.ts';
import { pathOfScreen, screenIds } from '../../contract/screens.ts';
import { alertWords, ruleTitle, severityWord } from '../../messages/alert-words.ts';
import type { Speaker } from '../../messages/catalogue.ts';
import { jobWaitWords, jobWords, screenWords, stateWords, desktopWords as words } from '../desktop-words.ts';
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
  readonly speaker: Speaker;
  /** Version of an update that waits for a restart. */
  readonly update?: string;
}

const line: TrayMenuItem = { kind: 'line' };
/** More are on the alerts screen; a menu longer than the screen can't be used. */
const maxAlerts = 8;
export function trayMenu({ state, jobs, speaker, update }: TrayMenuInput): readonly TrayMenuItem[] {
  const alerts = firingAlerts(state);
  const running = jobs.filter((job) => job.state === 'running' || job.state === 'waiting');
  const pausedUntil = state?.pausedUntil ?? null;
  const [, figures = ''] = ['', ...tooltipOf(state, speaker).split('\n')];
  return [
    { kind: 'text', label: trayStateOf(state) === 'no-data' ? speaker.say(stateWords['no-data']) : figures },
    line,
    { kind: 'command', label: speaker.say(words.open), command: { kind: 'open', screen: '/' } },
    {
      kind: 'menu',
      label: speaker.say(words['go-to']),
      items: screenIds.map((id) => ({
        kind: 'command',
        label: speaker.say(screenWords[id]),
        command: { kind: 'open', screen: pathOfScreen(id) },
      })),
    },
    line,
    ...(alerts.length === 0
      ? [{ kind: 'text', label: speaker.say(words['no-alerts']) } as const]
      : [
          { kind: 'text', label: speaker.say(words.alerts, { count: alerts.length }) } as const,
          ...alerts.slice(0, maxAlerts).map((alert) => alertMenu(alert, speaker)),
        ]),
    ...(running.length === 0 ? [] : [line, ...running.map((job) => jobMenu(job, speaker))]),
    line,
    pausedUntil === null
      ? { kind: 'command', label: speaker.say(words['pause-hour']), command: { kind: 'pause' } }
      : {
          kind: 'command',
          label: `${speaker.say(words.resume)} (${speaker.say(words['paused-until'], { time: timeOfDay(pausedUntil, speaker.locale) })})`,
          command: { kind: 'resume' },
        },
    { kind: 'command', label: speaker.say(words.settings), command: { kind: 'open', screen: '/settings' } },
    ...(update === undefined
      ? []
      : [
          {
            kind: 'command',
            label: speaker.say(words['restart-to-update'], { version: update }),
            command: { kind: 'restart-to-update' },
          } as const,
        ]),
    line,
    { kind: 'command', label: speaker.say(words.quit), command: { kind: 'quit' } },
  ];
}

function alertMenu(alert: ActiveAlert, speaker: Speaker): TrayMenuItem {
  const place = placesOf(alert.labels).join(', ');
  const title = ruleTitle(alert, speaker);
  const isAcknowledged = alert.acknowledged !== undefined;
  const target = repairableTarget(alert);
  return {
    kind: 'menu',
    label: `${speaker.say(severityWord(alert.severity))}: ${title}${place === '' ? '' : ` (${place})`}`,
    items: [
      ...(target !== undefined
        ? [{ kind: 'command', label: speaker.say(words.repair), command: { kind: 'repair', target } } as const]
        : []),
      {
        kind: 'command',
        label: speaker.say(isAcknowledged ? alertWords.acknowledged : alertWords.acknowledge),
        command: { kind: 'acknowledge', alert: alert.id },
        isOff: isAcknowledged,
      },
      {
        kind: 'command',
        label: speaker.say(alertWords['snooze-hour']),
        command: { kind: 'snooze', alert: alert.id },
        isOff: alert.silencedUntil !== undefined,
      },
      { kind: 'command', label: speaker.say(alertWords.show), command: { kind: 'open', screen: '/alerts' } },
    ],
  };
}

function jobMenu(job: Job, speaker: Speaker): TrayMenuItem {
  const what = speaker.say(jobWords[job.kind], { file: basename(job.file) });
  const { percent, leftMs } = job.progress;
  const left = leftMs === null ? '' : `, ${minutesLeft(Math.round(leftMs / 60_000), speaker)}`;
  const { question } = job;
  const how = question === null ? `${Math.round(percent)} %${left}` : speaker.say(jobWaitWords[question.kind]);
  return {
    kind: 'menu',
    label: `${what}: ${how}`,
    items: [
      { kind: 'command', label: speaker.say(alertWords.show), command: { kind: 'open', screen: '/databases' } },
      ...(question?.kind === 'confirm'
        ? [
            {
              kind: 'command',
              label: speaker.say(words['repair-anyway']),
              command: { kind: 'go-on', job: job.id },
            } as const,
          ]
        : []),
      { kind: 'command', label: speaker.say(words.cancel), command: { kind: 'cancel-job', job: job.id } },
    ],
  };
}

const minutesLeft = (minutes: number, speaker: Speaker): string =>
  minutes < 1 ? speaker.say(words['minute-left']) : speaker.say(words['minutes-left'], { minutes });
