/** Calls an address every minute, so that something else notices when this machine is gone. */
import type { NotifySettings } from '../contract/settings/notify.ts';
import type { Clock } from '../platform/clock.ts';
import { explainFailure } from './explain-failure.ts';
import { hideSecrets } from './hide-secrets.ts';
import { hostOf } from './post-json.ts';

export interface HeartbeatState {
  readonly isSet: boolean;
  readonly lastAt: number | null;
  readonly lastOk: boolean | null;
  readonly message: string;
}

export interface Heartbeat extends Disposable {
  state(): Promise<HeartbeatState>;
}

const attemptMs = 10_000;

export function startHeartbeat(deps: {
  readonly clock: Clock;
  readonly settings: () => NotifySettings['heartbeat'];
  readonly url: () => Promise<string | undefined>;
}): Heartbeat {
  const { clock, settings } = deps;
  let last: { at: number; ok: boolean; message: string } | undefined;
  let timer: Disposable | undefined;
  let isStopped = false;

  const beat = async (): Promise<void> => {
    const url = settings().isEnabled ? await deps.url() : undefined;
    if (url !== undefined) {
      const at = clock.now();
      const abort = new AbortController();
      using _late = clock.after(attemptMs, () => abort.abort());
      try {
        const { ok, status, body } = await fetch(url, { signal: abort.signal, redirect: 'manual' });
        await body?.cancel();
        last = { at, ok, message: ok ? 'Answered.' : `${hostOf(url)} answers with ${status}.` };
      } catch (error) {
        last = { at, ok: false, message: hideSecrets(explainFailure(error, hostOf(url)).message, [url]) };
      }
    }
    if (!isStopped) timer = clock.after(settings().everySeconds * 1000, () => void beat());
  };
  timer = clock.after(1_000, () => void beat());
  return {
    async state() {
      const isSet = (await deps.url()) !== undefined;
      return {
        isSet,
        lastAt: last?.at ?? null,
        lastOk: last?.ok ?? null,
        message: last?.message ?? (isSet ? 'Not called yet.' : 'No address is set.'),
      };
    },
    [Symbol.dispose]() {
      isStopped = true;
      timer?.[Symbol.dispose]();
    },
  };
}
