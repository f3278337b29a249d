/** Settings that earlier versions wrote, as they were captured: read, imported, and what became of their names. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRules } from '../../src-main/alerts/rule-book/read-rules.ts';
import { defaultSettings, type Settings, settingsVersion } from '../../src-main/contract/settings/settings.ts';
import { migrateSettings } from '../../src-main/settings/migrate-settings.ts';
import { openExport } from '../../src-main/settings/sealed-export.ts';
import { openSettings } from '../../src-main/settings/settings-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/temporary.ts';

const clock = new FakeClock();
const captured = (name: string): string =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'settings', `version-1-${name}.json`), 'utf8');

function opened(text?: string) {
  const path = join(temporaryFolder(), 'settings.json');
  if (text !== undefined) writeFileSync(path, text);
  return { path, store: openSettings(path, clock) };
}

/** What the captured ones say that is no default. */
function expectCaptured({ events, doctor, notify, targets, alerts }: Settings): void {
  expect(events).toMatchObject({
    maxOpenTelemetrySeries: 2_500,
    statsd: { isEnabled: true, port: 9_125, maxSeries: 750 },
  });
  expect(doctor.backups.intervalHours).toBe(6);
  expect(notify.heartbeat).toEqual({ isEnabled: true, intervalSeconds: 120 });
  expect(targets.list).toMatchObject([
    { kind: 'sqlite', quickCheck: { isEnabled: true, intervalHours: 3, maxSeconds: 20 } },
    { kind: 'process', minCount: 4 },
    { kind: 'prometheus', intervalSeconds: 60, include: ['node_*', 'up'], maxSeries: 900 },
  ]);
  const { rules, refused } = readRules(alerts);
  expect(rules.find(({ rule }) => rule.id === 'high_cpu')?.rule).toMatchObject({
    levels: { warning: { threshold: 70, recoveryThreshold: 65 }, critical: { threshold: 99, channels: ['hook'] } },
    inhibits: [{ rules: ['critical_cpu'], equal: [] }],
  });
  expect(rules.find(({ rule }) => rule.id === 'sda_busy')?.rule).toMatchObject({
    match: [{ label: 'device', operator: 'matches', value: 'sd.*' }],
    levels: { info: { threshold: 0.5 } },
  });
  // One that was wrong is wrong as it was, and costs no other.
  expect(refused.map(({ id }) => id)).toEqual(['broken']);
  expect(alerts.disabledRules).toEqual(['high_memory']);
}

describe('settings of version 1', () => {
  it('are read as a file, and written with the names of today when something is changed', async () => {
    const { path, store } = opened(captured('file'));
    expect(store.notifications).toEqual([]);
    expectCaptured(store.current);
    await store.update({ general: { ...store.current.general, theme: 'light' } });
    const written = readFileSync(path, 'utf8');
    expect(JSON.parse(written).version).toBe(settingsVersion);
    expect(written).not.toMatch(/"(most\w+|every\w+|take|atLeast|enter|leave|mutes|is)":/);
    expectCaptured(openSettings(path, clock).current);
  });

  it('of the first days, with few areas, have defaults for the rest', () => {
    const { store } = opened(captured('earliest'));
    expect(store.notifications).toEqual([]);
    expect(store.current).toEqual({ ...defaultSettings, general: { ...defaultSettings.general, theme: 'light' } });
  });

  it('come in as an export; what was hidden in it waits, switched off', async () => {
    const { store } = opened();
    expect((await store.importJson(captured('export'))).ok).toBe(true);
    expectCaptured(store.current);
    expect(store.current.notify.channels.find(({ id }) => id === 'hook')?.isEnabled).toBe(false);
  });

  it('come in as an export that was sealed', async () => {
    const content = await openExport(captured('sealed'), 'correct horse');
    if (content?.ok !== true) throw new Error('not opened');
    const { store } = opened();
    expect((await store.importJson(JSON.stringify(content.value.settings))).ok).toBe(true);
    expectCaptured(store.current);
    expect(content.value.secrets).toEqual({ 'channel/hook/token': 'kept' });
  });

  it('written by hand, without a version, are read as well', () => {
    const statsd = { isEnabled: true, mostSeries: 20 };
    expect(opened(JSON.stringify({ events: { statsd } })).store.current.events.statsd.maxSeries).toBe(20);
    const both = { ...statsd, maxSeries: 30 };
    expect(opened(JSON.stringify({ events: { statsd: both } })).store.current.events.statsd.maxSeries).toBe(30);
  });
});

describe('a migration', () => {
  it('leaves settings of this version, and of versions to come, as they are', () => {
    for (const version of [settingsVersion, settingsVersion + 1, 1.5, -1, 'two', null]) {
      const settings = { version, events: { statsd: { mostSeries: 5 } } };
      expect(migrateSettings(settings)).toBe(settings);
    }
  });

  it('throws for nothing that a file may hold, and changes it once', () => {
    const names = fc.constantFrom(
      'version',
      'events',
      'statsd',
      'alerts',
      'rules',
      'levels',
      'enter',
      'is',
      '__proto__',
      '*',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(names, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, (raw) => {
        const once = migrateSettings(raw);
        expect(migrateSettings(once)).toEqual(once);
      }),
    );
  });
});
