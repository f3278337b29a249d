/**
 * A day of 200 targets whose peers hang, lie, reset, stream without end, answer 101, close and come back: real sockets,
 * a fake clock.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { targetSchema } from '../../src-main/contract/settings/targets.ts';
import { createScheduler } from '../../src-main/sampling/scheduler.ts';
import { createTargetSet } from '../../src-main/targets/target-set.ts';
import { FakeClock } from '../support/fake-clock.ts';

const isLong = process.env.HAKGAL_LONG === '1';
const daySeconds = isLong ? 86_400 : 900;
const count = 200;
/** Of 200, these are asked every 10 s; the others once a minute, as endpoints of a large fleet are. */
const often = 20;

const answer = (body: string) =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`;
const modes = {
  good: { state: 'up', answers: true, say: (socket: Socket) => void socket.end(answer('# TYPE jobs gauge\njobs 1\n')) },
  lies: { state: 'wrong', answers: true, say: (socket: Socket) => void socket.end(answer('<html>all is well</html>')) },
  fails: {
    state: 'wrong',
    answers: true,
    say: (socket: Socket) => void socket.end('HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n'),
  },
  resets: { state: 'down', answers: true, say: (socket: Socket) => void socket.resetAndDestroy() },
  closes: { state: 'down', answers: true, say: (socket: Socket) => void socket.end() },
  upgrades: {
    state: 'wrong',
    answers: true,
    say: (socket: Socket) =>
      void socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
  },
  garbage: { state: 'down', answers: true, say: (socket: Socket) => void socket.end('SSH-2.0-OpenSSH\r\n\r\n') },
  hangs: { state: 'down', answers: false, say: () => {} },
  stops: {
    state: 'down',
    answers: false,
    say: (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nhalf'),
  },
  streams: {
    state: 'down',
    answers: false,
    say: (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\njobs\r\n'),
  },
} as const;
type Mode = keyof typeof modes;
const modeNames = Object.keys(modes) as Mode[];

/** Numbers that are the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe(`${daySeconds / 60} minutes of ${count} targets that misbehave`, () => {
  it('has every state right within two intervals, no target late, and memory flat', async () => {
    const chance = random(7);
    const clock = new FakeClock();
    const peers = Array.from({ length: count }, (_, index) => ({
      mode: 'good' as Mode,
      changedAt: 0,
      nextAt: 60 + Math.floor(chance() * 900),
      intervalMs: index < often ? 10_000 : 60_000,
      lookedAt: 0,
      latestMs: 0,
    }));
    const waiting = new Map<number, Mode>();
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (chunk) => {
        const index = Number(/^GET \/(\d+)/.exec(chunk.toString('latin1'))?.[1]);
        const { mode } = peers[index]!;
        waiting.set(index, mode);
        modes[mode].say(socket);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;

    const scheduler = createScheduler({ clock });
    const busy = new Set<number>();
    const targets = createTargetSet({
      clock,
      platform: 'linux',
      processesNamed: () => undefined,
      addSource(source) {
        const index = Number(/(\d+)$/.exec(source.id)?.[1]);
        scheduler.add({
          id: source.id,
          title: source.title,
          interval: source.interval,
          timeoutMs: source.timeoutMs,
          metrics: source.metrics,
          async collect(sink, context) {
            const peer = peers[index]!;
            const apart = clock.monotonic() - peer.lookedAt;
            if (peer.lookedAt > 0) peer.latestMs = Math.max(peer.latestMs, apart - peer.intervalMs);
            peer.lookedAt = clock.monotonic();
            busy.add(index);
            try {
              await source.collect(sink, context);
            } finally {
              busy.delete(index);
              waiting.delete(index);
            }
          },
        });
      },
      removeSource: (id) => scheduler.remove(id),
    });
    targets.apply(
      peers.map((_, index) =>
        targetSchema.parse({
          kind: 'prometheus',
          id: `t${index}`,
          title: `T${index}`,
          url: `http://127.0.0.1:${port}/${index}`,
          everySeconds: index < often ? 10 : 60,
        }),
      ),
    );
    for (const source of targets.sources) scheduler.add(source);
    scheduler.start(() => {});

    /** Real sockets have their time: those whose peers answer are waited for, the others keep their fake deadline. */
    const settle = async (): Promise<void> => {
      const isAnswering = (index: number): boolean => {
        const mode = waiting.get(index);
        return mode === undefined || modes[mode].answers;
      };
      while ([...busy].some(isAnswering)) await new Promise((resolve) => setImmediate(resolve));
    };
    const wrong: string[] = [];
    const heap: number[] = [];
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    for (let second = 1; second <= daySeconds; second += 1) {
      await clock.advance(1_000);
      await settle();
      if (second % (daySeconds / 10) === 0) {
        collectGarbage();
        heap.push(process.memoryUsage().heapUsed / 1_048_576);
      }
      if (second % 5 !== 0) continue;
      const statuses = targets.statuses();
      for (const [index, peer] of peers.entries()) {
        const sinceMs = (second - peer.changedAt) * 1_000;
        const state = statuses[index]!.state;
        if (sinceMs > 2 * peer.intervalMs && state !== modes[peer.mode].state)
          wrong.push(`t${index} is ${state} though its peer ${peer.mode} for ${sinceMs / 1_000} s`);
        if (second < peer.nextAt) continue;
        peer.mode = modeNames[Math.floor(chance() * modeNames.length)]!;
        peer.changedAt = second;
        peer.nextAt = second + 200 + Math.floor(chance() * 1_600);
      }
    }
    await targets.close();
    await scheduler.close();
    expect(wrong).toEqual([]);
    expect(Math.max(...peers.map(({ latestMs }) => latestMs))).toBeLessThanOrEqual(10_000);
    // From the second tenth on; the first fills what is kept.
    expect(heap.at(-1)! - heap[1]!).toBeLessThan(15);
    console.log(`heap in MB at each tenth: ${heap.map((one) => one.toFixed(1)).join(' ')}`);
  }, 3_600_000);
});
