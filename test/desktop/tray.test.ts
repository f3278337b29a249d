import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ActiveAlert } from '../../src-main/contract/alerts/alert.ts';
import type { Job } from '../../src-main/contract/doctor/jobs.ts';
import type { RepairReport } from '../../src-main/contract/doctor/report.ts';
import type { LiveState } from '../../src-main/contract/live.ts';
import { screenTitles } from '../../src-main/contract/screens.ts';
import { chooseLanguage } from '../../src-main/contract/text/text.ts';
import { placeFlyout } from '../../src-main/desktop/tray/place-flyout.ts';
import { trayIconFile } from '../../src-main/desktop/tray/tray-icon.ts';
import { type TrayMenuItem, trayMenu } from '../../src-main/desktop/tray/tray-menu.ts';
import { figureOf, tooltipOf, trayStateOf, trayStates } from '../../src-main/desktop/tray/tray-state.ts';
import { speakerIn } from '../support/speak.ts';

const [en, de] = [speakerIn('en'), speakerIn('de')];

const alert = (more: Partial<ActiveAlert> = {}): ActiveAlert => ({
  id: 'a1',
  rule: 'high_cpu',
  title: 'CPU is busy',
  severity: 'warning',
  state: 'firing',
  summary: '',
  labels: {},
  series: 'system_cpu_percent',
  unit: 'percent',
  value: 90,
  threshold: 80,
  direction: 'above',
  since: 0,
  culprits: [],
  ...more,
});
const live = (more: Partial<LiveState> = {}): LiveState => ({
  sequence: 1,
  at: 0,
  uptimeSeconds: 1,
  pausedUntil: null,
  health: { status: 'healthy', score: 1, reasons: [] },
  values: new Map([
    ['system_cpu_percent', { at: 0, value: 12.4 }],
    ['system_memory_percent', { at: 0, value: 45.6 }],
  ]),
  alerts: [],
  sources: [],
  services: {},
  ports: [],
  notifications: [],
  explanation: { state: 'unknown', causes: [], ended: [], busiest: null },
  ...more,
});
const job = (more: Partial<Job> = {}): Job => ({
  id: 'j1',
  kind: 'repair',
  file: '/data/kb.db',
  startedAt: 0,
  endedAt: null,
  state: 'running',
  progress: { phase: 'salvage', percent: 41.7, leftMs: 125_000 },
  question: null,
  result: null,
  failure: null,
  ...more,
});
const labels = (items: readonly TrayMenuItem[]): string[] =>
  items.flatMap((item) =>
    item.kind === 'line' ? [] : item.kind === 'menu' ? [item.label, ...labels(item.items)] : [item.label],
  );

describe('the state that the icon shows', () => {
  it('is "no data" before the first tick', () => {
    expect(trayStateOf(undefined)).toBe('no-data');
    expect(trayStateOf(live({ values: new Map() }))).toBe('no-data');
  });
  it('is the worst alert that nobody has answered', () => {
    const critical = alert({ id: 'a2', severity: 'critical' });
    expect(trayStateOf(live({ alerts: [alert()] }))).toBe('warning');
    expect(trayStateOf(live({ alerts: [alert(), critical] }))).toBe('critical');
  });
  it('goes back to fine once every alert is acknowledged, snoozed or muted', () => {
    const alerts = [
      alert({ acknowledged: { at: 1, by: 'user' } }),
      alert({ id: 'a2', severity: 'critical', silencedUntil: 9 }),
      alert({ id: 'a3', inhibitedBy: 'a2' }),
      alert({ id: 'a4', state: 'pending' }),
    ];
    expect(trayStateOf(live({ alerts }))).toBe('fine');
  });
  it('is "paused" while sampling rests, whatever fires', () => {
    expect(trayStateOf(live({ pausedUntil: 5, alerts: [alert()] }))).toBe('paused');
    expect(trayStateOf(live({ pausedUntil: 5, values: new Map() }))).toBe('paused');
  });
  it('warns while nothing is being stored', () => {
    const reasons = [{ kind: 'store-failing', message: '', cost: 0.3 }] as const;
    expect(trayStateOf(live({ health: { status: 'degraded', score: 0.7, reasons } }))).toBe('warning');
  });
});

describe('the tooltip', () => {
  it('carries live figures and the number of alerts', () => {
    expect(tooltipOf(live(), en)).toBe('CPU 12 % · Memory 46 %\nHealthy');
    expect(tooltipOf(live({ alerts: [alert()] }), de)).toBe('CPU 12 % · Speicher 46 %\n1 aktiver Alarm');
  });
  it('shows a dash for what is not known, and never a number', () => {
    expect(tooltipOf(live({ values: new Map([['uptime', { at: 0, value: 1 }]]) }), en)).toContain('CPU – · Memory –');
  });
  it('fits into what Windows shows of it', () => {
    for (const text of [en, de])
      expect(tooltipOf(live({ pausedUntil: Date.UTC(2026, 0, 1), alerts: [alert()] }), text).length).toBeLessThan(127);
  });
});

it('shows a figure in the menu bar only where one was chosen', () => {
  expect(figureOf(live(), 'none', 'en')).toBe('');
  expect(figureOf(live(), 'cpu', 'en')).toBe(' 12 %');
  expect(figureOf(live({ pausedUntil: 1 }), 'cpu', 'en')).toBe('');
});

describe('the menu', () => {
  it('offers everything important without a window', () => {
    const items = labels(trayMenu({ state: live({ alerts: [alert()] }), jobs: [job()], speaker: en }));
    expect(items).toEqual(
      expect.arrayContaining([
        'Open HAKGAL Monitor',
        ...Object.values(screenTitles).map(({ en }) => en),
        '1 active alert',
        'Warning: CPU is busy',
        'Acknowledge',
        'Snooze 1 h',
        'Repairing kb.db: 42 %, 2 min left',
        'Cancel',
        'Pause for 1 hour',
        'Quit',
      ]),
    );
  });
  it('names alerts in the language of the rest', () => {
    expect(labels(trayMenu({ state: live({ alerts: [alert()] }), jobs: [], speaker: de }))).toContain(
      'Warnung: CPU ist stark ausgelastet',
    );
  });
  it('leaves a name that the user gave to a rule of ours as it is', () => {
    const renamed = alert({ title: 'CPU: zu viele Builds', hasOwnTitle: true });
    expect(labels(trayMenu({ state: live({ alerts: [renamed] }), jobs: [], speaker: de }))).toContain(
      'Warnung: CPU: zu viele Builds',
    );
  });
  it('says what a job waits for, and leaves out those that ended', () => {
    const jobs = [
      job({ state: 'waiting', question: { kind: 'held', holders: [] } }),
      job({ state: 'done', file: '/old.db' }),
    ];
    const items = labels(trayMenu({ state: live(), jobs, speaker: en }));
    expect(items).toContain('Repairing kb.db: waits until other programs close it');
    expect(items).toContain('Cancel');
    expect(items).not.toContain('Repair anyway');
    expect(items.join()).not.toContain('old.db');
  });
  it('takes the answer to a repair that would lose rows', () => {
    const confirm = { kind: 'confirm', report: {} as RepairReport } as const;
    const items = labels(
      trayMenu({ state: live(), jobs: [job({ state: 'waiting', question: confirm })], speaker: de }),
    );
    expect(items).toEqual(expect.arrayContaining(['Trotzdem reparieren', 'Abbrechen']));
  });
  it('repairs from an alert that the doctor has an answer to', () => {
    const damaged = alert({ rule: 'table_missing', labels: { target: 'kb' } });
    const commandsOf = (one: ActiveAlert) =>
      JSON.stringify(trayMenu({ state: live({ alerts: [one] }), jobs: [], speaker: en }));
    expect(commandsOf(damaged)).toContain('{"kind":"repair","target":"kb"}');
    expect(commandsOf(alert())).not.toContain('"repair"');
    const unreachable = (problem: string) =>
      alert({ rule: 'database_unreachable', labels: { target: 'kb', kind: 'sqlite', problem } });
    expect(commandsOf(unreachable('missing'))).toContain('{"kind":"repair","target":"kb"}');
    expect(commandsOf(unreachable('locked'))).not.toContain('"repair"');
  });
  it('offers to go on while paused', () => {
    const items = labels(trayMenu({ state: live({ pausedUntil: Date.UTC(2026, 0, 1) }), jobs: [], speaker: en }));
    expect(items.find((label) => label.startsWith('Resume now'))).toBeDefined();
    expect(items).not.toContain('Pause for 1 hour');
  });
  it('stays short however many alerts there are', () => {
    const alerts = Array.from({ length: 40 }, (_, index) => alert({ id: `a${index}` }));
    const items = trayMenu({ state: live({ alerts }), jobs: [], speaker: en });
    expect(items.length).toBeLessThan(20);
  });
});

it('has a picture for every state on every platform, at every scale', () => {
  const folder = join(import.meta.dirname, '..', '..', 'resources', 'tray');
  for (const state of trayStates) {
    const files = (['darwin', 'win32', 'linux'] as const).flatMap((platform) =>
      [true, false].map((isBarDark) => trayIconFile(state, platform, isBarDark)),
    );
    const doubles = files.filter((file) => file.endsWith('.png')).map((file) => file.replace('.png', '@2x.png'));
    for (const file of [...files, ...doubles]) expect(existsSync(join(folder, file)), file).toBe(true);
  }
});

describe('the flyout', () => {
  const size = { width: 360, height: 500 };
  const workArea = { x: 0, y: 0, width: 1920, height: 1040 };
  it('opens above an icon in a bar at the bottom, inside the screen', () => {
    const place = placeFlyout({ x: 1880, y: 1044, width: 24, height: 24 }, { x: 0, y: 0 }, workArea, size);
    expect(place).toEqual({ x: 1920 - 360 - 8, y: 1040 - 500 - 8 });
  });
  it('opens below an icon in the menu bar, centred on it', () => {
    const place = placeFlyout({ x: 1000, y: 0, width: 24, height: 24 }, { x: 0, y: 0 }, { ...workArea, y: 25 }, size);
    expect(place).toEqual({ x: 832, y: 33 });
  });
  it('goes to the pointer where the system does not tell the place of the icon', () => {
    const place = placeFlyout({ x: 0, y: 0, width: 0, height: 0 }, { x: 700, y: 10 }, workArea, size);
    expect(place).toEqual({ x: 520, y: 18 });
  });
  it('stays on a second screen left of the first', () => {
    const left = { x: -1280, y: 0, width: 1280, height: 1000 };
    expect(placeFlyout({ x: -1275, y: 980, width: 20, height: 20 }, { x: 0, y: 0 }, left, size).x).toBe(-1272);
  });
});

it('follows the system language where none was chosen', () => {
  expect(chooseLanguage(['de-AT'])).toBe('de');
  expect(chooseLanguage(['fr'])).toBe('en');
  expect(chooseLanguage(['fr', 'de'])).toBe('de');
});
