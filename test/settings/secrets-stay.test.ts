/**
 * No secret leaves: the real monitor, every kind of channel, peers that repeat what they were sent, then a look into
 * everything.
 */
import { globSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { type ContractRouterClient, isContractProcedure } from '@orpc/contract';
import { describe, expect, it, onTestFinished } from 'vitest';
import { contract } from '../../src-main/contract/contract.ts';
import { alertRuleSchema } from '../../src-main/contract/settings/alerts.ts';
import { eventually, startHeadless } from '../support/headless.ts';
import { startHttpPeer } from '../support/peers/http-peer.ts';
import { startSmtpPeer } from '../support/peers/smtp-peer.ts';
import { temporaryFolder } from '../support/temporary.ts';

const secret = (name: string): string => `hush-${name}-7f3a9c`;

/** Procedures that can be asked without knowing anything; the streams repeat what the others say. */
function* askable(router: object, path: readonly string[] = []): Generator<readonly string[]> {
  for (const [name, one] of Object.entries(router)) {
    const here = [...path, name];
    if (!isContractProcedure(one)) yield* askable(one, here);
    else if (!['pause', 'resume', 'watch'].includes(name)) yield here;
  }
}

describe('a secret', () => {
  it('is in no answer, no log, no export and no file but its own', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    mkdirSync(dataDir);
    const repeating = await startHttpPeer();
    repeating.answer = ({ headers, path }) => ({ status: 403, body: `${path} ${JSON.stringify(headers)}` });
    const mail = await startSmtpPeer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: ({ password }, _session, done) => done(new Error(`wrong: ${password}`)),
    });
    const monitor = await startHeadless({ dataDir });
    onTestFinished(() => void monitor.process.kill('SIGKILL'));
    const client: ContractRouterClient<typeof contract> = createORPCClient(
      new RPCLink({ url: `${monitor.api}/rpc`, headers: { authorization: `Bearer ${monitor.token}` } }),
    );

    const channels = {
      webhook: { options: { url: repeating.url }, secrets: { token: secret('token'), signingKey: secret('key') } },
      slack: { options: {}, secrets: { url: `${repeating.url}/services/${secret('path')}` } },
      alertmanager: { options: { url: repeating.url, user: 'ada' }, secrets: { password: secret('alertmanager') } },
      email: {
        options: { host: '127.0.0.1', port: mail.port, security: 'none', user: 'ada', to: 'grace@example.org' },
        secrets: { password: secret('mail') },
      },
    };
    for (const [kind, { options, secrets }] of Object.entries(channels)) {
      const channel = { id: kind, kind, title: kind, options, isEnabled: true, maxPerMinute: 60, sendResolved: true };
      await client.channels.save({ channel, secrets });
    }
    const { settings } = await client.settings.get();
    await client.settings.update({
      notify: { ...settings.notify, heartbeat: { isEnabled: true, intervalSeconds: 10 } },
    });
    await client.channels.setHeartbeat({ url: `${repeating.url}/beat/${secret('beat')}` });
    await client.alerts.saveRule(
      alertRuleSchema.parse({
        id: 'always',
        title: 'Always',
        metric: 'system_memory_percent',
        levels: { warning: { threshold: 0, channels: Object.keys(channels) } },
        holdSeconds: 0,
      }),
    );
    // Every channel has been refused in words that held its secret.
    await eventually(
      () => client.channels.log({}),
      (log) => Object.keys(channels).every((kind) => log.some(({ channel }) => channel === kind)),
      90_000,
    );
    await eventually(
      () => client.channels.heartbeat(),
      ({ last }) => last?.ok === false,
      90_000,
    );

    const places = new Map<string, string>();
    for (const path of askable(contract)) {
      const ask = path.reduce((at: unknown, name) => (at as Record<string, unknown>)[name], client) as (
        input: unknown,
      ) => Promise<unknown>;
      const format = path.at(-1) === 'exportRules' ? { format: 'json' } : {};
      const answer = await ask(format).catch((error: unknown) => error);
      places.set(path.join('.'), JSON.stringify(answer));
    }
    for (const path of ['/metrics', '/api/metrics', '/api/status', '/api/health'])
      places.set(path, await (await fetch(`${path === '/metrics' ? monitor.metrics : monitor.api + path}`)).text());
    await monitor.stop();
    for (const file of globSync('**', { cwd: dataDir }))
      if (file !== 'secrets.json' && statSync(join(dataDir, file)).isFile())
        places.set(file, readFileSync(join(dataDir, file), 'latin1'));

    expect([...places.keys()]).toEqual(
      expect.arrayContaining([
        'settings.export',
        'monitor.supportBundle',
        'channels.log',
        'settings.json',
        'history.db',
      ]),
    );
    const held = Object.values(channels).flatMap(({ secrets }) => Object.values(secrets));
    const all = [
      ...held,
      ...['path', 'beat'].map(secret),
      Buffer.from(`ada:${secret('alertmanager')}`).toString('base64'),
    ];
    for (const [place, text] of places) expect([place, all.filter((one) => text.includes(one))]).toEqual([place, []]);
    expect(readFileSync(join(dataDir, 'secrets.json'), 'latin1')).toContain(secret('mail'));
  }, 240_000);
});
