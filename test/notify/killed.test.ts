/**
 * Killed without a word in the middle of deliveries, again and again: every transition that was stored reaches each
 * channel under exactly one notification id, so a peer that keeps ids counts it once. HAKGAL_LONG=1: a hundred kills.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startHttpPeer } from '../support/peers/http-peer.ts';
import { temporaryFolder } from '../support/temporary.ts';

const cycles = process.env.HAKGAL_LONG === '1' ? 100 : 8;
const desk = fileURLToPath(new URL('../fixtures/alerts/desk-to-kill.ts', import.meta.url));

describe('delivery', () => {
  it(`loses nothing and tells nothing twice over ${cycles} kills`, async () => {
    const path = join(temporaryFolder(), 'history.db');
    const peer = await startHttpPeer();
    let requests = 0;
    // Every seventh time the peer fails after it has taken the notification in: the worst moment for a count.
    peer.answer = () => ({ status: ++requests % 7 === 0 ? 500 : 200 });
    const running = new Set<ChildProcess>();
    onTestFinished(() => {
      for (const child of running) child.kill('SIGKILL');
    });
    const start = async (what: 'run' | 'drain'): Promise<ChildProcess> => {
      const child = fork(desk, [path, peer.url, what], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      running.add(child);
      child.once('exit', () => running.delete(child));
      const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
      expect(first).toBe('ready');
      return child;
    };
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      const child = await start('run');
      const before = peer.received.length;
      // At a different point each time, but always with deliveries on their way.
      while (peer.received.length < before + 3 + (cycle % 11)) {
        expect(child.exitCode, 'it ended by itself').toBeNull();
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const last = await start('drain');
    await once(last, 'exit');

    const database = new Database(path, { readonly: true });
    onTestFinished(() => void database.close());
    const stored = database
      .prepare("SELECT id FROM alert_transitions WHERE kind IN ('fired', 'resolved')")
      .pluck()
      .all() as string[];
    expect(stored.length).toBeGreaterThan(cycles);
    expect(database.prepare("SELECT count(*) FROM outbox WHERE state <> 'delivered'").pluck().get()).toBe(0);

    for (const channel of ['a', 'b']) {
      const idsOf = new Map<string, Set<string>>();
      for (const { path: at, body, headers } of peer.received) {
        if (at !== `/${channel}`) continue;
        const { transitions } = JSON.parse(body) as { transitions: { id: string }[] };
        for (const { id } of transitions)
          idsOf.set(id, (idsOf.get(id) ?? new Set()).add(String(headers['idempotency-key'])));
      }
      const lost = stored.filter((id) => !idsOf.has(id));
      const twice = [...idsOf].filter(([, notifications]) => notifications.size > 1).map(([id]) => id);
      const unknown = [...idsOf.keys()].filter((id) => !stored.includes(id));
      expect({ channel, lost, twice, unknown }).toEqual({ channel, lost: [], twice: [], unknown: [] });
    }
    const keys = peer.received.map(({ headers }) => headers['idempotency-key']);
    console.log(
      `${cycles} kills: ${stored.length} transitions, ${new Set(keys).size} notifications to 2 channels, ${keys.length} requests`,
    );
  }, 300_000);
});
