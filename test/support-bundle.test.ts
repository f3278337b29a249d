import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSupportBundle, redact } from '../src-main/api/support-bundle.ts';
import { settingsSchema } from '../src-main/contract/settings/settings.ts';
import type { About } from '../src-main/contract/system.ts';

const settings = settingsSchema.parse({
  targets: {
    list: [
      {
        kind: 'http',
        id: 'shop',
        title: 'Shop',
        url: 'https://ada:hush-user@shop.example/api?key=hush-query',
        bodyContains: 'hush-body',
      },
      { kind: 'prometheus', id: 'node', title: 'Node', url: 'http://node.example:9100/hush-path/metrics' },
      { kind: 'sqlite', id: 'kb', title: 'Kb', path: join(homedir(), 'kb.db'), query: "SELECT 'hush-sql'" },
    ],
  },
  notify: {
    channels: [
      {
        id: 'hook',
        kind: 'webhook',
        title: 'Hook',
        options: {
          url: 'https://discord.example/api/webhooks/1/hush-hook',
          headers: 'X-Api-Key: hush-header',
          port: 25,
        },
      },
    ],
  },
});
const logLines = [
  'GET https://hooks.slack.example/services/T0/B0/hush-slack answered 403',
  '{"message":"postgres://ada:hush-log@db.example/kb refused","url":"http://127.0.0.1:5000/?token=hush-token"}',
  '535 Authorization: Basic aHVzaC1zbXRw',
  'smtp said {"password":"hush-json"} and {\\"token\\":\\"hush-nested\\"}, password=hush-plain',
];

describe('the support bundle', () => {
  const json = createSupportBundle({
    about: { version: '1.2.3' } as unknown as About,
    settings,
    state: undefined,
    logLines,
  });

  it('holds no secret of an address, a header, a query or a log line', () => {
    expect(json.match(/hush-\w+|aHVzaC1zbXRw/g)).toBeNull();
  });

  it('still says which hosts, which channels and what was set', () => {
    const bundle = JSON.parse(json);
    expect(bundle.about).toEqual({ version: '1.2.3' });
    expect(bundle.settings.targets.list).toMatchObject([
      { url: 'https://shop.example/•••', bodyContains: '(set)' },
      { url: 'http://node.example:9100/•••' },
      { path: join('~', 'kb.db'), query: '(set)' },
    ]);
    expect(bundle.settings.notify.channels).toMatchObject([
      { kind: 'webhook', options: { url: 'https://discord.example/•••', headers: '(set)', port: 25 } },
    ]);
    expect(bundle.log[0]).toBe('GET https://hooks.slack.example/••• answered 403');
  });

  it('leaves what is no secret as it is', () => {
    for (const text of ['no such table: audit_log', 'at file:///app/monitor.js:10:3', 'http://127.0.0.1:5000'])
      expect(redact(text)).toBe(text);
  });
});
