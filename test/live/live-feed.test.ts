import { describe, expect, it } from 'vitest';
import type { LiveState } from '../../src-main/contract/live.ts';
import { createFramer, LivePublisher, watchFrames } from '../../src-main/live/live-feed.ts';

const health = { status: 'healthy', score: 1, reasons: [] } as const;
const alerts: LiveState['alerts'] = [];
const explanation: LiveState['explanation'] = { state: 'calm', causes: [], ended: [], busiest: null };
const state = (sequence: number, values: Record<string, number>, changes: Partial<LiveState> = {}): LiveState => ({
  sequence,
  at: sequence * 1000,
  uptimeSeconds: sequence,
  pausedUntil: null,
  health,
  values: new Map(Object.entries(values).map(([key, value]) => [key, { at: sequence * 1000, value }])),
  alerts,
  sources: alerts as never,
  services: alerts as never,
  ports: alerts as never,
  explanation,
  notifications: alerts as never,
  ...changes,
});

describe('frames for a watcher', () => {
  it('carries only the metrics that were asked for, by name or by key', () => {
    const frame = createFramer(['cpu', 'disk{volume="/"}'])(
      state(1, { cpu: 1, 'disk{volume="/"}': 2, 'disk{volume="/home"}': 3 }),
    );
    expect(frame.keys).toEqual(['cpu', 'disk{volume="/"}']);
    expect(frame.values).toEqual([1, 2]);
  });

  it('sends the keys again only when they changed', () => {
    const toFrame = createFramer(['cpu']);
    toFrame(state(1, { cpu: 1 }));
    expect(toFrame(state(2, { cpu: 2 })).keys).toBeUndefined();
    expect(toFrame(state(3, { other: 2 }))).toMatchObject({ keys: [], values: [] });
    expect(toFrame(state(4, { cpu: 4, other: 2 }))).toMatchObject({ keys: ['cpu'], values: [4] });
  });

  it('notices when one series takes the place of another', () => {
    const toFrame = createFramer(['a', 'b']);
    toFrame(state(1, { a: 1 }));
    expect(toFrame(state(2, { b: 2 }))).toMatchObject({ keys: ['b'], values: [2] });
  });

  it('sends health, alerts and the rest whole at first and then when they change', () => {
    const toFrame = createFramer([]);
    expect(toFrame(state(1, {})).health).toEqual(health);
    expect(toFrame(state(2, {})).health).toBeUndefined();
    const worse = { ...health, status: 'degraded' } as const;
    expect(toFrame(state(3, {}, { health: worse })).health).toBe(worse);
  });
});

describe('watching', () => {
  it('gives the current state at once, then each that follows, and ends with its signal', async () => {
    const feed = new LivePublisher();
    feed.publish(state(1, { cpu: 1 }));
    const stop = new AbortController();
    const frames = watchFrames(feed, ['cpu'], stop.signal);
    expect((await frames.next()).value.sequence).toBe(1);
    const next = frames.next();
    feed.publish(state(2, { cpu: 2 }));
    expect((await next).value.values).toEqual([2]);
    const last = frames.next();
    stop.abort();
    expect((await last).done).toBe(true);
  });

  it('gives a slow watcher the newest state and skips those between', async () => {
    const feed = new LivePublisher();
    feed.publish(state(1, {}));
    const frames = watchFrames(feed, [], undefined);
    await frames.next();
    const waiting = frames.next();
    feed.publish(state(2, {}));
    await waiting;
    feed.publish(state(3, {}));
    feed.publish(state(4, {}));
    expect((await frames.next()).value.sequence).toBe(4);
    await frames.return(undefined);
  });
});
