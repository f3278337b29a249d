/** The parts of LiveState that no batch brings: how the monitor itself is. Uptime counts from here. */
import type { LiveState, SourceStatus } from '../contract/live.ts';
import type { Clock } from '../platform/clock.ts';
import { createIdentityKeeper } from './keep-identity.ts';
import type { NotificationBoard } from './notification-board.ts';

export type RuntimeStatus = Pick<
  LiveState,
  'uptimeSeconds' | 'pausedUntil' | 'sources' | 'services' | 'ports' | 'notifications'
>;

export interface RuntimeStatusParts {
  readonly clock: Clock;
  readonly sources: () => readonly SourceStatus[];
  /** ms since the epoch; null while sampling goes on. */
  readonly pausedUntil: () => number | null;
  readonly store: { status(): { readonly state: string } };
  readonly alerts: { readonly failure: string | undefined };
  readonly ports: () => LiveState['ports'];
  readonly notifications: Pick<NotificationBoard, 'notifications'>;
}

export function createRuntimeStatus(parts: RuntimeStatusParts): () => RuntimeStatus {
  const { clock, store, alerts, notifications } = parts;
  const startedMonotonic = clock.monotonic();
  const sameSources = createIdentityKeeper<readonly SourceStatus[]>((sources) =>
    JSON.stringify(sources.map(({ id, state, reason, everyMs }) => [id, state, reason, everyMs])),
  );
  const sameServices = createIdentityKeeper<LiveState['services']>();
  return () => {
    const ports = parts.ports();
    const pausedUntil = parts.pausedUntil();
    const hasPrometheus = ports.some(({ name, actual }) => name === 'prometheus' && actual !== null);
    return {
      uptimeSeconds: Math.round((clock.monotonic() - startedMonotonic) / 1000),
      pausedUntil: pausedUntil,
      sources: sameSources(parts.sources()),
      services: sameServices({
        collector: pausedUntil === null ? 'running' : 'paused',
        store: store.status().state,
        alerts: alerts.failure === undefined ? 'running' : 'in memory only',
        prometheus: hasPrometheus ? 'running' : 'stopped',
      }),
      ports,
      notifications: notifications.notifications,
    };
  };
}
