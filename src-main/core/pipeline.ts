/**
 * The data path as one function: a batch goes into memory, to the store, through the alert rules, and out to
 * everyone who watches. Synchronous up to publishing: what is shown, alerted on and stored is the same tick.
 */
import type { ActiveAlert } from '../contract/alerts/alert.ts';
import type { Batch } from '../contract/batch.ts';
import type { ExplainedNow } from '../contract/explanation/explanation.ts';
import type { Health } from '../contract/live.ts';
import { judgeHealth } from '../live/health.ts';
import { createIdentityKeeper } from '../live/keep-identity.ts';
import type { LivePublisher } from '../live/live-feed.ts';
import type { LiveWindow } from '../live/live-window.ts';
import type { RuntimeStatus } from '../live/runtime-status.ts';
import type { StoreReader, StoreWriter } from '../store/store-types.ts';

/** The alert rules, as the data path needs them. */
interface AlertStage {
  /** Evaluates every rule on this tick; what follows from it (history, notifications) is the stage's own business. */
  evaluate(batch: Batch): void;
  readonly active: readonly ActiveAlert[];
}

export interface PipelineParts {
  readonly window: LiveWindow;
  readonly store: StoreWriter & Pick<StoreReader, 'status'>;
  readonly explain: {
    update(at: number): void;
    readonly current: ExplainedNow;
  };
  readonly alerts: AlertStage;
  readonly publisher: LivePublisher;
  /** The parts of LiveState that do not come from batches. */
  readonly runtimeStatus: () => RuntimeStatus;
  /** The store said no; it retries by itself, and its status says why. */
  readonly onStoreFailure: (error: Error) => void;
}

export interface Pipeline {
  accept(batch: Batch): void;
  /** Publishes anew after something changed outside of a tick: a pause, a dismissed notification. */
  republish(): void;
}

export function createPipeline(parts: PipelineParts): Pipeline {
  const { window, store, explain, alerts, publisher } = parts;
  const sameHealth = createIdentityKeeper<Health>();
  let sequence = 0;

  function publish(at: number): void {
    const runtimeStatus = parts.runtimeStatus();
    const { failure } = store.status();
    sequence += 1;
    publisher.publish({
      sequence,
      at,
      ...runtimeStatus,
      values: window.latest(at),
      alerts: alerts.active,
      explanation: explain.current,
      health: sameHealth(
        judgeHealth({
          alerts: alerts.active,
          sources: runtimeStatus.sources,
          ...(failure !== undefined && { storeFailure: failure }),
        }),
      ),
    });
  }

  return {
    accept(batch) {
      window.push(batch);
      explain.update(batch.at);
      store.append(batch).catch(parts.onStoreFailure);
      alerts.evaluate(batch);
      publish(batch.at);
    },
    republish() {
      if (publisher.current !== undefined) publish(publisher.current.at);
    },
  };
}
