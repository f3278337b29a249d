import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ActiveAlert } from '../../src-main/contract/alerts/alert.ts';
import type { Transition, TransitionKind } from '../../src-main/contract/alerts/alert-procedures.ts';
import { migrate, migrations } from '../../src-main/store/migrations/migrations.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { temporaryFolder } from '../support/temporary.ts';

const alert = (rule: string, since: number): ActiveAlert => ({
  id: `${rule}/critical/m@${since}`,
  rule,
  title: rule,
  severity: 'critical',
  state: 'firing',
  summary: rule,
  labels: {},
  series: 'm',
  unit: 'count',
  value: 1,
  threshold: 0,
  direction: 'above',
  since,
  culprits: [],
});
const transition = (kind: TransitionKind, rule: string, since: number, at: number): Transition => ({
  id: `${rule}/critical/m@${since}/${kind}/${at}`,
  kind,
  at,
  reason: kind,
  alert: alert(rule, since),
});

async function opened() {
  const store = await openStore(join(temporaryFolder(), 'history.db'));
  onTestFinished(() => store.close().catch(() => {}));
  return store.records;
}

describe('records of alerts', () => {
  it('come back as they were written, the newest state alone', async () => {
    const records = await opened();
    await records.write([
      { op: 'state', key: 'a', entry: { n: 1 } },
      { op: 'state', key: 'a', entry: { n: 2 } },
      { op: 'state', key: 'b', entry: { n: 3 } },
      { op: 'state', key: 'b', entry: null },
    ]);
    expect((await records.load()).states).toEqual([{ n: 2 }]);
  });

  it('are written as a whole or not at all', async () => {
    const records = await opened();
    const broken = { op: 'state', key: null, entry: {} } as never;
    await expect(records.write([{ op: 'state', key: 'a', entry: {} }, broken])).rejects.toThrow();
    expect((await records.load()).states).toEqual([]);
  });

  it('claim a transition for a channel once, whichever notification asks', async () => {
    const path = join(temporaryFolder(), 'history.db');
    const store = await openStore(path);
    const fired = transition('fired', 'cpu', 1, 5);
    const row = { channel: 'c', at: 5, due: 5, attempts: 0, state: 'queued' as const, items: [fired] };
    await store.records.write([
      { op: 'notification', row: { ...row, id: 'n1' } },
      { op: 'notification', row: { ...row, id: 'n1' } },
    ]);
    expect((await store.records.load()).outbox).toHaveLength(1);
    await store.close();
    const database = new Database(path, { readonly: true });
    onTestFinished(() => void database.close());
    expect(database.prepare('SELECT * FROM outbox_items').all()).toEqual([
      { transition: fired.id, channel: 'c', alert: fired.alert.id, notice: 'n1' },
    ]);
  });

  it('keep notifications in the order in which they were made, whatever the clock said', async () => {
    const records = await opened();
    const notification = (id: string, at: number) =>
      ({
        op: 'notification',
        row: { id, channel: 'c', at, due: at, attempts: 0, state: 'queued', items: [] },
      }) as const;
    await records.write([notification('begins', 7_200_000)]);
    await records.write([notification('ends', 3_600_000)]);
    expect((await records.load()).outbox.map(({ id }) => id)).toEqual(['begins', 'ends']);
  });

  it('remember whom an alert was told to until it has resolved', async () => {
    const records = await opened();
    const fired = transition('fired', 'cpu', 1, 5);
    const row = { id: 'n', channel: 'c', at: 5, due: 5, attempts: 0, state: 'queued' as const, items: [fired] };
    await records.write([
      { op: 'transition', transition: fired },
      { op: 'notification', row },
    ]);
    expect((await records.load()).told).toEqual([{ alert: fired.alert.id, channel: 'c' }]);
    await records.write([{ op: 'transition', transition: transition('resolved', 'cpu', 1, 9) }]);
    expect((await records.load()).told).toEqual([]);
  });

  it('make history with every transition, and figures of it', async () => {
    const records = await opened();
    const happened = [
      transition('fired', 'cpu', 1, 1_000),
      { ...transition('acknowledged', 'cpu', 1, 2_000), by: 'ada' },
      transition('resolved', 'cpu', 1, 5_000),
      transition('fired', 'cpu', 6_000, 7_000),
      transition('fired', 'disk', 8_000, 8_000),
      transition('resolved', 'disk', 8_000, 10_000),
    ];
    await records.write(happened.map((one) => ({ op: 'transition', transition: one })));
    const [disk, second, first] = await records.history({ from: 0, until: 1e15, limit: 10 });
    expect([disk?.rule, second?.resolvedAt, first?.resolvedAt]).toEqual(['disk', null, 5_000]);
    expect(first?.transitions.map(({ kind, by }) => [kind, by])).toEqual([
      ['fired', undefined],
      ['acknowledged', 'ada'],
      ['resolved', undefined],
    ]);
    expect(await records.figures({ from: 0, until: 86_400_000 })).toEqual({
      from: 0,
      until: 86_400_000,
      fired: 3,
      meanResolveMs: 3_000,
      rules: [
        { rule: 'cpu', fired: 2, perDay: 2, meanResolveMs: 4_000 },
        { rule: 'disk', fired: 1, perDay: 1, meanResolveMs: 2_000 },
      ],
    });
  });

  it('forget what is old, but not an alert that still fires', async () => {
    const records = await opened();
    await records.write(
      [
        transition('fired', 'old', 1, 1_000),
        transition('resolved', 'old', 1, 2_000),
        transition('fired', 'lasting', 1, 1_000),
      ].map((one) => ({ op: 'transition', transition: one })),
    );
    await records.prune(10_000);
    expect((await records.history({ from: 0, until: 1e15, limit: 10 })).map(({ rule }) => rule)).toEqual(['lasting']);
  });

  it('find room in a file that knew no alerts', () => {
    const database = new Database(':memory:');
    onTestFinished(() => void database.close());
    database.exec(migrations[0]?.sql ?? '');
    database.pragma('user_version = 1');
    database.exec("INSERT INTO series VALUES (1, 'a', 'a', '{}', 0)");
    migrate(database);
    expect(database.prepare('SELECT count(*) FROM alert_states').pluck().get()).toBe(0);
    expect(database.prepare('SELECT count(*) FROM series').pluck().get()).toBe(1);
  });
});
