import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSettings, settingsPatchSchema } from '../../src-main/contract/settings/settings.ts';
import { openSettings } from '../../src-main/settings/settings-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/temporary.ts';

const clock = new FakeClock();

describe('the settings file', () => {
  it('is not needed: the defaults hold and nothing is written', () => {
    const folder = temporaryFolder();
    expect(openSettings(join(folder, 'settings.json'), clock).current).toEqual(defaultSettings);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps a change over a restart and is readable by its owner alone', async () => {
    const path = join(temporaryFolder(), 'settings.json');
    await openSettings(path, clock).update({ general: { ...defaultSettings.general, theme: 'dark' } });
    expect(openSettings(path, clock).current.general.theme).toBe('dark');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('changes the area that is named and no other, also by way of the procedure', async () => {
    const store = openSettings(join(temporaryFolder(), 'settings.json'), clock);
    await store.update({ store: { ...defaultSettings.store, rawDays: 7 } });
    // What the procedure hands over went through its schema.
    const patch = settingsPatchSchema.parse({ general: { ...defaultSettings.general, theme: 'dark' } });
    expect(Object.keys(patch)).toEqual(['general']);
    await store.update(patch);
    expect([store.current.store.rawDays, store.current.general.theme]).toEqual([7, 'dark']);
  });

  it('loses none of two changes that are made at once', async () => {
    const path = join(temporaryFolder(), 'settings.json');
    const store = openSettings(path, clock);
    await Promise.all([
      store.update({ store: { ...defaultSettings.store, rawDays: 7 } }),
      store.update({ general: { ...defaultSettings.general, theme: 'dark' } }),
    ]);
    const { current } = openSettings(path, clock);
    expect([current.store.rawDays, current.general.theme]).toEqual([7, 'dark']);
  });

  it('adds both of two entries that are saved to one list at once', async () => {
    const store = openSettings(join(temporaryFolder(), 'settings.json'), clock);
    const save = (id: string) =>
      store.update(({ targets: { list } }) => ({
        targets: { list: [...list, { kind: 'port', id, title: id, host: '127.0.0.1', port: 80 } as never] },
      }));
    const saved = await Promise.all([save('one'), save('two')]);
    expect(saved.map(({ ok }) => ok)).toEqual([true, true]);
    expect(store.current.targets.list.map(({ id }) => id)).toEqual(['one', 'two']);
  });

  it('tells its listeners the new and the old settings', async () => {
    const store = openSettings(join(temporaryFolder(), 'settings.json'), clock);
    const seen: string[] = [];
    using _ = store.subscribe((next, previous) => seen.push(`${previous.general.theme} to ${next.general.theme}`));
    await store.update({ general: { ...defaultSettings.general, theme: 'light' } });
    expect(seen).toEqual(['system to light']);
  });

  it('is set aside with its date when damaged, and the user is told where it lies', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'settings.json');
    writeFileSync(path, '{"general": {');
    const store = openSettings(path, clock);
    expect(store.current).toEqual(defaultSettings);
    expect(store.notifications[0]?.kind).toBe('settings-damaged');
    const aside = readdirSync(folder).find((name) => name.endsWith('.damaged')) as string;
    expect(store.notifications[0]?.message).toContain(aside);
    expect(readFileSync(join(folder, aside), 'utf8')).toBe('{"general": {');
  });

  it('loses only the area that does not fit, and names the field', () => {
    const path = join(temporaryFolder(), 'settings.json');
    writeFileSync(path, JSON.stringify({ version: 1, general: { theme: 'purple' } }));
    const store = openSettings(path, clock);
    expect(store.current.general.theme).toBe('system');
    expect(store.notifications[0]?.message).toContain('general.theme');
  });

  it('of a newer version is kept aside instead of being overwritten', () => {
    const path = join(temporaryFolder(), 'settings.json');
    writeFileSync(path, JSON.stringify({ version: 99 }));
    expect(openSettings(path, clock).notifications[0]?.kind).toBe('settings-newer');
  });

  it('refuses a wrong value with its field, and what was in force stays', async () => {
    const store = openSettings(join(temporaryFolder(), 'settings.json'), clock);
    const outcome = await store.update({ general: { ...defaultSettings.general, keepHiddenWindowMinutes: -1 } });
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'settings-refused' } });
    if (!outcome.ok) expect(outcome.failure.message).toContain('general.keepHiddenWindowMinutes');
    expect(store.current).toEqual(defaultSettings);
  });

  it('can be replaced by an exported text, and by nothing else', async () => {
    const store = openSettings(join(temporaryFolder(), 'settings.json'), clock);
    expect(await store.importJson('not json')).toMatchObject({ ok: false, failure: { kind: 'settings-not-json' } });
    const json = JSON.stringify({ ...defaultSettings, general: { ...defaultSettings.general, language: 'de' } });
    expect(await store.importJson(json)).toMatchObject({ ok: true });
    expect(store.current.general.language).toBe('de');
  });
});
