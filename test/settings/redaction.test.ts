/** Secrets that people write into addresses, headers, queries and bodies leave only sealed. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings, type Settings, settingsSchema } from '../../src-main/contract/settings/settings.ts';
import {
  hasHiddenParts,
  redactAddress,
  redactSettings,
  redactText,
  restoreHidden,
  secretsIn,
} from '../../src-main/contract/text/redact.ts';
import { openExport, sealExport } from '../../src-main/settings/sealed-export.ts';
import { openSettings } from '../../src-main/settings/settings-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { temporaryFolder } from '../support/temporary.ts';

const settings: Settings = settingsSchema.parse({
  targets: {
    list: [
      {
        kind: 'http',
        id: 'shop',
        title: 'Shop',
        url: 'https://ada:hush-pass@shop.example/health?key=hush-query&v=2#hush-hash',
      },
      { kind: 'prometheus', id: 'node', title: 'Node', url: 'http://node.example:9100/metrics?token=hush-token' },
      { kind: 'sqlite', id: 'kb', title: 'Kb', path: '/srv/kb.db', query: "SELECT 'hush-sql'" },
      { kind: 'http', id: 'plain', title: 'Plain', url: 'http://127.0.0.1:8080/health-check' },
    ],
  },
  notify: {
    channels: [
      {
        id: 'hook',
        kind: 'webhook',
        title: 'Hook',
        options: {
          url: 'https://hooks.example/services/hush-hook',
          headers: 'X-Api-Key: hush-header',
          body: '{"k":"hush-body"}',
        },
      },
    ],
  },
});

describe('an address', () => {
  it.each([
    ['https://ada:pw@x.example/a', 'https://•••@x.example/a'],
    ['https://token@x.example', 'https://•••@x.example'],
    ['https://x.example/a?b=c&d', 'https://x.example/a?b=•••&d'],
    ['https://x.example/#key', 'https://x.example/#•••'],
    [
      'https://hooks.slack.com/services/T0123456789/B0123456789/abcDEF123456',
      'https://hooks.slack.com/services/•••/•••/•••',
    ],
    ['https://discord.com/api/webhooks/123456789012345678/aB3dE6', 'https://discord.com/api/webhooks/•••/aB3dE6'],
    ['https://api.telegram.org/bot123456:ABC-DEF1234/sendMessage', 'https://api.telegram.org/•••/sendMessage'],
    ['https://hc-ping.com/0e5c1d2e-1111-2222-3333-444455556666', 'https://hc-ping.com/•••'],
    ['http://127.0.0.1:9100/metrics', 'http://127.0.0.1:9100/metrics'],
    ['postgres://u:p@w@db/kb', 'postgres://•••@db/kb'],
    ['no address', 'no address'],
  ])('%s is shown as %s', (given, shown) => expect(redactAddress(given)).toBe(shown));

  it('of a channel is a key as a whole', () => {
    expect(redactAddress('https://x.example/hook/me?a=b', true)).toBe('https://x.example/•••?a=•••');
  });

  it('is found in a sentence, with what else looks like a password', () => {
    expect(
      redactText('GET https://a:b@x.example/?k=v failed: Authorization: Bearer abcdef12, password=hunter2'),
    ).not.toMatch(/a:b|=v|abcdef12|hunter2/);
  });
});

describe('settings', () => {
  it('leave without a secret, and keep their shape', () => {
    const shown = redactSettings(settings, { isForFile: true });
    expect(JSON.stringify(shown).match(/hush-\w+/g)).toBeNull();
    expect(settingsSchema.parse(shown)).toEqual(shown);
    expect(shown.targets.list[3]).toEqual(settings.targets.list[3]);
  });

  it('that were shown without their secrets have them again when they are saved unchanged', () => {
    for (const isForFile of [true, false]) {
      const shown = redactSettings(settings, { isForFile });
      expect(restoreHidden(shown, settings)).toEqual(settings);
      const moved = { ...shown, targets: { list: shown.targets.list.toReversed() } };
      expect(restoreHidden(moved, settings).targets.list).toEqual(settings.targets.list.toReversed());
    }
  });

  it('are never completed with the secret of another place', () => {
    const shown = redactSettings(settings, { isForFile: false });
    const [first] = shown.targets.list;
    const stolen = { ...shown, targets: { list: [{ ...first, url: 'https://•••@evil.example/?key=•••' }] } };
    expect(JSON.stringify(restoreHidden(stolen, settings).targets).match(/hush-\w+/g)).toBeNull();
  });

  it('name every secret that a peer might repeat', () => {
    const found = secretsIn(settings);
    for (const one of ['hush-pass', 'hush-query', 'hush-token', 'hush-hash', 'hush-header'])
      expect(found).toContain(one);
  });

  it('of any kind survive the way to a screen and back', () => {
    const part = fc.stringMatching(/^[\w.~-]{1,30}$/);
    const url = fc
      .record({ user: part, password: part, path: fc.array(part), query: fc.dictionary(part, part) })
      .map(
        ({ user, password, path, query }) =>
          `https://${user}:${password}@x.example/${path.join('/')}?${new URLSearchParams(query)}`,
      );
    fc.assert(
      fc.property(url, fc.boolean(), (address, isForFile) => {
        const one = { list: [{ id: 'a', url: address }] };
        expect(restoreHidden(redactSettings(one, { isForFile }), one)).toEqual(one);
      }),
      { numRuns: 200 },
    );
  });
});

describe('an import', () => {
  const store = () => openSettings(join(temporaryFolder(), 'settings.json'), new FakeClock());
  const exported = JSON.stringify(redactSettings(settings, { isForFile: true }));

  it('into the monitor it came from brings everything back', async () => {
    const own = store();
    await own.update(settings);
    expect(await own.importJson(exported)).toMatchObject({ ok: true, value: settings });
  });

  it('into another one leaves switched off what lacks a part, and the rest on', async () => {
    const other = store();
    await other.importJson(exported);
    expect(other.current.targets.list.map(({ id, isEnabled }) => [id, isEnabled])).toEqual([
      ['shop', false],
      ['node', false],
      ['kb', false],
      ['plain', true],
    ]);
    expect(other.current.notify.channels[0]?.isEnabled).toBe(false);
  });

  it('a change that holds a hidden part of nothing is refused', async () => {
    const own = store();
    const list = [{ ...settings.targets.list[0], url: 'https://•••@new.example/' }] as Settings['targets']['list'];
    expect(await own.update({ targets: { list } })).toMatchObject({ ok: false, failure: { kind: 'still-hidden' } });
    expect(hasHiddenParts(own.current)).toBe(false);
    expect(own.current).toEqual(defaultSettings);
  });
});

describe('a sealed export', () => {
  it('comes back with its passphrase, and says nothing without', async () => {
    const content = { settings, secrets: { 'channel/hook/token': 'hush-secret' } };
    const json = await sealExport(content, 'correct horse');
    expect(json).not.toMatch(/hush|shop/);
    expect(await openExport(json, 'correct horse')).toEqual({ ok: true, value: content });
    expect(await openExport(json, undefined)).toMatchObject({ failure: { kind: 'passphrase-needed' } });
    expect(await openExport(json, 'wrong horse')).toMatchObject({ failure: { kind: 'passphrase-wrong' } });
    const file = JSON.parse(json) as { data: string };
    const changed = Buffer.from(file.data, 'base64');
    changed[3] = (changed[3] as number) ^ 1;
    const forged = JSON.stringify({ ...file, data: changed.toString('base64') });
    expect(await openExport(forged, 'correct horse')).toMatchObject({ failure: { kind: 'passphrase-wrong' } });
    expect(await openExport('{}', 'x')).toBeUndefined();
    expect(await openExport(JSON.stringify({ ...file, N: 2 ** 30 }), 'x')).toBeUndefined();
  });
});
