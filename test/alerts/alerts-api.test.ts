/** The whole part through its procedures: settings and secrets on disk, a real store, a real peer. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { call } from '@orpc/server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { alertsProcedures } from '../../src-main/api/alerts.ts';
import { channelsProcedures } from '../../src-main/api/channels.ts';
import type { AnnotationKind } from '../../src-main/contract/annotations.ts';
import { alertRuleSchema } from '../../src-main/contract/settings/alerts.ts';
import { type Alerting, startAlerting } from '../../src-main/core/alerting.ts';
import { silentLogger } from '../../src-main/platform/logger.ts';
import { openSecretFile } from '../../src-main/settings/secrets.ts';
import { openSettings } from '../../src-main/settings/settings-store.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { metricOf, seriesOf } from '../support/alert-story.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startHttpPeer } from '../support/peers/http-peer.ts';
import { speakerIn } from '../support/speak.ts';
import { temporaryFolder } from '../support/temporary.ts';

const load = seriesOf(metricOf('load', 'percent'));
const rule = alertRuleSchema.parse({
  id: 'load',
  title: 'Load',
  metric: 'load',
  levels: { warning: { threshold: 90, channels: ['hook'] } },
  holdSeconds: 0,
  coolDownSeconds: 0,
  detectFlapping: false,
});

async function started(settingsFile = '{}') {
  const folder = temporaryFolder();
  const clock = new FakeClock();
  writeFileSync(join(folder, 'settings.json'), settingsFile);
  const settings = openSettings(join(folder, 'settings.json'), clock);
  const secrets = openSecretFile(join(folder, 'secrets.json'));
  const store = await openStore(join(folder, 'history.db'));
  const peer = await startHttpPeer();
  const logged: string[] = [];
  const note = (message: string, fields?: object): void => void logged.push(JSON.stringify({ message, fields }));
  const alerting: Alerting = await startAlerting({
    clock,
    logger: { ...silentLogger, warn: note, error: note },
    settings,
    secrets,
    records: store.records,
    store,
    lastAt: undefined,
    desktop: [],
    dashboard: () => undefined,
    speaker: () => speakerIn('en'),
  });
  onTestFinished(async () => {
    await alerting.stop();
    await store.close().catch(() => {});
  });
  const annotated: string[] = [];
  const annotate = (kind: AnnotationKind, subject: string): void => void annotated.push(`${kind} ${subject}`);
  const { alerts } = alertsProcedures({
    clock,
    alerts: alerting.stage,
    records: store.records,
    store,
    settings,
    annotate,
  });
  const { channels } = channelsProcedures({ ...alerting, records: store.records, secrets, settings });
  const feed = async (value: number): Promise<void> => {
    await clock.advance(1000);
    alerting.stage.evaluate({ at: clock.now(), samples: [{ series: load, value }], gaps: [] });
  };
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    for (let turn = 0; turn < 4_000 && !(await isSo()); turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await isSo()).toBe(true);
  };
  const hook = {
    id: 'hook',
    kind: 'webhook',
    title: 'Hook',
    isEnabled: true,
    maxPerMinute: 60,
    sendResolved: true,
    options: { url: peer.url, token: 'should not be here' },
  };
  return { folder, alerts, channels, feed, until, peer, hook, settings, logged, clock, annotated };
}

describe('alerts through their procedures', () => {
  it('go from a saved rule to a notification at the peer, an acknowledgement, history, figures and the delivery log', async () => {
    const { alerts, channels, feed, until, peer, hook } = await started();
    await call(channels.save, { channel: hook, secrets: { token: 'tok-123456' } });
    await call(alerts.saveRule, rule);
    await feed(99);
    await until(() => peer.received.length === 1);
    expect(peer.received[0]?.headers.authorization).toBe('Bearer tok-123456');
    const [active] = await call(alerts.active, undefined);
    const acknowledged = await call(alerts.acknowledge, { id: active!.id, by: 'ada' });
    expect(acknowledged.acknowledged?.by).toBe('ada');
    await feed(1);
    await until(() => peer.received.length === 2);
    await until(async () => (await call(channels.log, {})).length === 2);
    const [entry] = await call(alerts.history, {});
    expect(entry?.transitions.map(({ kind }) => kind)).toEqual(['fired', 'acknowledged', 'resolved']);
    expect(await call(alerts.figures, { from: 0, until: 1e15 })).toMatchObject({ fired: 1, meanResolveMs: 1000 });
    expect((await call(channels.list, undefined)).find(({ channel }) => channel.id === 'hook')).toMatchObject({
      secretsSet: ['token'],
      waiting: 0,
      lastDelivery: { ok: true },
    });
    await expect(call(alerts.acknowledge, { id: active!.id, by: 'ada' })).rejects.toMatchObject({
      data: { kind: 'no-such-alert' },
    });
  });

  it('are forgotten when they have been over for longer than the settings say', async () => {
    const { alerts, feed, settings, clock, until } = await started(JSON.stringify({ alerts: { rules: [rule] } }));
    await settings.update({ store: { ...settings.current.store, alertDays: 2 } });
    await feed(99);
    await feed(10);
    await until(async () => (await call(alerts.history, {})).length === 1);
    await clock.advance(1.5 * 86_400_000);
    expect(await call(alerts.history, {})).toHaveLength(1);
    await clock.advance(86_400_000);
    await until(async () => (await call(alerts.history, {})).length === 0);
  });

  it('annotate the history with what was silenced and when that was ended', async () => {
    const { alerts, feed, annotated } = await started();
    await call(alerts.saveRule, rule);
    await feed(99);
    const [active] = await call(alerts.active, undefined);
    const silence = await call(alerts.silence, { alert: active!.id, minutes: 60 });
    await call(alerts.removeSilence, { id: silence.id });
    await call(alerts.silence, { minutes: 60 });
    expect(annotated).toEqual([`silenced ${rule.id}`, `silence-ended ${rule.id}`, 'silenced ']);
  });

  it('show no secret in settings, lists, log or history', async () => {
    const { folder, alerts, channels, feed, until, peer, hook, settings, logged } = await started();
    peer.answer = ({ headers }) => ({ status: 403, body: String(headers.authorization) });
    await call(channels.save, { channel: hook, secrets: { token: 'tok-123456' } });
    await call(alerts.saveRule, rule);
    await feed(99);
    await until(async () => (await call(channels.log, {})).length === 1);
    const everything = JSON.stringify([
      settings.current,
      readFileSync(join(folder, 'settings.json'), 'utf8'),
      await call(channels.list, undefined),
      await call(channels.log, {}),
      await call(alerts.history, {}),
      await call(alerts.exportRules, { format: 'json' }),
      logged,
    ]);
    expect(everything).toContain('403');
    expect(everything).not.toContain('tok-123456');
    expect(everything).not.toContain('should not be here');
  });

  it('keep a secret that is not named, take one away that is null, and all with the channel', async () => {
    const { channels, hook } = await started();
    const isSet = async (): Promise<readonly string[] | undefined> =>
      (await call(channels.list, undefined)).find(({ channel }) => channel.id === 'hook')?.secretsSet;
    await call(channels.save, { channel: hook, secrets: { token: 'tok-123456', signingKey: 'k' } });
    await call(channels.save, { channel: { ...hook, title: 'Other' } });
    expect(await isSet()).toEqual(['token', 'signingKey']);
    await call(channels.save, { channel: hook, secrets: { token: null } });
    expect(await isSet()).toEqual(['signingKey']);
    await call(channels.remove, { id: 'hook' });
    await call(channels.save, { channel: hook });
    expect(await isSet()).toEqual([]);
  });

  it('refuse a channel with the field that is wrong, and test one before it is saved', async () => {
    const { channels, hook, peer } = await started();
    await expect(call(channels.save, { channel: { ...hook, options: { url: 'x' } } })).rejects.toMatchObject({
      data: { kind: 'channel-refused', message: expect.stringContaining('url') },
    });
    expect(await call(channels.test, { channel: hook, secrets: { token: 'draft-token' } })).toMatchObject({ ok: true });
    expect(peer.received[0]?.headers.authorization).toBe('Bearer draft-token');
  });

  it('take a rule of the user away again, and bring a shipped one back', async () => {
    const { alerts } = await started();
    const cpu = async () => (await call(alerts.rules, undefined)).rules.find(({ rule: { id } }) => id === 'high_cpu');
    const shipped = (await cpu())!;
    await call(alerts.saveRule, { ...shipped.rule, holdSeconds: 5 });
    expect(await cpu()).toMatchObject({ origin: 'changed', rule: { holdSeconds: 5 } });
    await call(alerts.removeRule, { id: 'high_cpu' });
    expect(await cpu()).toEqual(shipped);
    await expect(call(alerts.removeRule, { id: 'high_cpu' })).rejects.toMatchObject({ data: { kind: 'no-such-rule' } });
  });

  it('name a wrong rule of the settings file with field and reason, while the rest runs', async () => {
    const wrong = {
      id: 'mine',
      title: 'Mine',
      metric: 'load',
      levels: { warning: { threshold: 5, recoveryThreshold: 9 } },
    };
    const { alerts, feed, logged } = await started(JSON.stringify({ alerts: { rules: [wrong, rule] } }));
    const { refused } = await call(alerts.rules, undefined);
    expect(refused).toEqual([
      { id: 'mine', field: 'levels.warning.recoveryThreshold', reason: expect.stringContaining('5') },
    ]);
    expect(logged.join()).toContain('levels.warning.recoveryThreshold');
    await feed(99);
    expect((await call(alerts.active, undefined)).map((one) => one.rule)).toEqual(['load']);
  });

  it('call the heartbeat at once when it gets an address, then every minute', async () => {
    const { channels, settings, clock, peer, until } = await started();
    await clock.advance(10_000);
    await settings.update({
      notify: { ...settings.current.notify, heartbeat: { isEnabled: true, intervalSeconds: 60 } },
    });
    await call(channels.setHeartbeat, { url: `${peer.url}/ping/uuid-of-mine` });
    await clock.advance(1_000);
    await until(() => peer.received.length === 1);
    await until(async () => (await call(channels.heartbeat, undefined)).last?.ok === true);
    await clock.advance(60_000);
    await until(() => peer.received.length === 2);
    expect(peer.received[1]).toMatchObject({ method: 'GET', path: '/ping/uuid-of-mine' });
    expect(JSON.stringify(settings.current)).not.toContain('uuid-of-mine');
    peer.answer = () => ({ status: 500 });
    await clock.advance(60_000);
    await until(async () => (await call(channels.heartbeat, undefined)).last?.reason === 'server-error');
  });
});
