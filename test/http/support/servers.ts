/** Our two servers in this process, on any free ports, drawing a state made by hand. */
import { onTestFinished } from 'vitest';
import type { LiveState, SeriesInfo } from '../../../src-main/contract/live.ts';
import { createEventIntake, type EventIntake } from '../../../src-main/events/event-intake.ts';
import { type HttpDeps, startHttpServers } from '../../../src-main/http/http-servers.ts';
import type { TokenKeeper } from '../../../src-main/http/token.ts';
import { FakeClock } from '../../support/fake-clock.ts';

export const token = 't'.repeat(43);

/** A keeper that renews to a token of u's. */
export function fixedToken(): TokenKeeper {
  let current = token;
  return {
    get current() {
      return current;
    },
    renew: () => {
      current = 'u'.repeat(43);
    },
  };
}

export function stateOf(values: readonly (readonly [SeriesInfo, number])[], more: Partial<LiveState> = {}): LiveState {
  return {
    sequence: 1,
    at: Date.UTC(2026, 0, 1),
    uptimeSeconds: 5,
    pausedUntil: null,
    health: { status: 'healthy', score: 1, reasons: [] },
    values: new Map(values.map(([{ key }, value]) => [key, { at: 0, value }])),
    alerts: [],
    sources: [],
    services: {},
    ports: [],
    notifications: [],
    explanation: { state: 'unknown', causes: [], ended: [], busiest: null },
    ...more,
  };
}

export interface Served {
  readonly dashboardPort: number;
  readonly prometheusPort: number;
  readonly api: string;
  readonly metrics: string;
  /** What is drawn from now on. */
  show(state: LiveState | undefined, series?: readonly SeriesInfo[]): void;
  readonly intake: EventIntake;
  /** Errors that a route let escape: bugs of ours. */
  readonly errors: readonly unknown[];
}

/** @param onEnd called with what closes the servers; by default the test's own end does */
export async function serve(
  options: Partial<HttpDeps> = {},
  onEnd: (close: () => Promise<void>) => void = onTestFinished,
): Promise<Served> {
  const clock = new FakeClock();
  const intake = createEventIntake({ clock });
  let current: LiveState | undefined;
  let series: readonly SeriesInfo[] = [];
  const errors: unknown[] = [];
  const ignore = (): void => {};
  const servers = await startHttpServers({
    clock,
    logger: { debug: ignore, info: ignore, warn: ignore, error: (...what) => void errors.push(what) },
    live: {
      get current() {
        return current;
      },
    },
    series: () => series,
    loadRouter: () => Promise.reject(new Error('There is no router in this test')),
    token: fixedToken(),
    staticDir: '/nonexistent',
    settings: () => ({ readsWithoutToken: true, eventsWithoutToken: true }),
    reports: { intake },
    costs: () => Promise.reject(new Error('There is no ledger in this test')),
    version: '0.0.0',
    ports: { dashboard: 0, prometheus: 0 },
    ...options,
  });
  onEnd(() => servers.close());
  const [dashboardPort, prometheusPort] = servers.ports.map(({ actual }) => actual as number) as [number, number];
  return {
    dashboardPort,
    prometheusPort,
    api: `http://127.0.0.1:${dashboardPort}`,
    metrics: `http://127.0.0.1:${prometheusPort}/metrics`,
    show(state, shown = []) {
      current = state;
      series = shown;
    },
    intake,
    errors,
  };
}
