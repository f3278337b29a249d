/** Calls an address every minute, so that something else notices when this machine is gone. */
import type { HeartbeatState } from '../contract/channels.ts';
import type { NotifySettings } from '../contract/settings/notify.ts';
import type { Clock } from '../platform/clock.ts';
import type { Delivery } from './channel.ts';
import { explainFailure } from './explain-failure.ts';
import { lastDeliveryOf } from './last-delivery.ts';
import { hostOf, judgeStatus } from './post-json.ts';
import { withoutSecrets } from './send-notification.ts';

export interface Heartbeat extends Disposable {
  /** Calls soon: its address or settings have changed, and the user wants to see whether it works. */
  callSoon(): void;
  state(): Promise<HeartbeatState>;
}

const attemptMs = 10_000;
const soonMs = 1_000;

export function startHeartbeat(deps: {
  readonly clock: Clock;
  readonly settings: () => NotifySettings['heartbeat'];
  readonly url: () => Promise<string | undefined>;
}): Heartbeat {
  const { clock, settings } = deps;
  let last: { readonly at: number; readonly delivery: Delivery } | undefined;
  let timer: Disposable | undefined;
  let isStopped = false;

  const call = async (): Promise<void> => {
    const url = settings().isEnabled ? await deps.url() : undefined;
    if (url !== undefined) {
      const at = clock.now();
      const abort = new AbortController();
      using _late = clock.after(attemptMs, () => abort.abort());
      try {
        const { status, body } = await fetch(url, { signal: abort.signal, redirect: 'manual' });
        await body?.cancel();
        last = { at, delivery: judgeStatus({ status, text: '', retryAfterMs: undefined }, hostOf(url)) };
      } catch (error) {
        last = { at, delivery: explainFailure(error, hostOf(url)) };
      }
    }
    callAfter(settings().intervalSeconds * 1000);
  };
  const callAfter = (ms: number): void => {
    timer?.[Symbol.dispose]();
    if (!isStopped) timer = clock.after(ms, () => void call());
  };
  callAfter(soonMs);
  return {
    callSoon: () => callAfter(soonMs),
    async state() {
      const url = await deps.url();
      if (url === undefined) return { isSet: false };
      if (last === undefined) return { isSet: true };
      return { isSet: true, last: lastDeliveryOf(last.at, withoutSecrets(last.delivery, [url])) };
    },
    [Symbol.dispose]() {
      isStopped = true;
      timer?.[Symbol.dispose]();
    },
  };
}
