/** The parts of LiveState that no batch brings: how the monitor itself is. */
import type { LiveState, SourceStatus } from './contract/live.ts';
import { createIdentityKeeper } from './live/keep-identity.ts';
import type { NoticeBoard } from './live/notice-board.ts';
import type { PipelineParts } from './pipeline.ts';
import type { Clock } from './platform/clock.ts';
import type { Pause } from './sampling/pause.ts';
import type { Scheduler } from './sampling/scheduler.ts';
import type { Store } from './store/open-store.ts';

export interface RuntimeStatusParts {
  readonly clock: Clock;
  /** None before sampling began. */
  readonly scheduler: () => Scheduler | undefined;
  readonly pause: Pick<Pause, 'until'>;
  readonly store: Pick<Store, 'status'>;
  readonly alerts: { readonly failure: string | undefined };
  readonly ports: () => LiveState['ports'];
  readonly board: Pick<NoticeBoard, 'notices'>;
}

/** Uptime counts from here. */
export function createRuntimeStatus(parts: RuntimeStatusParts): PipelineParts['runtimeStatus'] {
  const { clock, pause, store, alerts, board } = parts;
  const startedMonotonic = clock.monotonic();
  const sameSources = createIdentityKeeper<readonly SourceStatus[]>((sources) =>
    JSON.stringify(sources.map(({ id, state, reason, everyMs }) => [id, state, reason, everyMs])),
  );
  const sameServices = createIdentityKeeper<LiveState['services']>();
  return () => {
    const ports = parts.ports();
    const hasPrometheus = ports.some(({ name, actual }) => name === 'prometheus' && actual !== null);
    return {
      uptimeSeconds: Math.round((clock.monotonic() - startedMonotonic) / 1000),
      pausedUntil: pause.until,
      sources: sameSources(parts.scheduler()?.statuses() ?? []),
      services: sameServices({
        collector: pause.until === null ? 'running' : 'paused',
        store: store.status().state,
        alerts: alerts.failure === undefined ? 'running' : 'in memory only',
        prometheus: hasPrometheus ? 'running' : 'stopped',
      }),
      ports,
      notices: board.notices,
    };
  };
}
