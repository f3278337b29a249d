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
  /** Calls soon: its address or settings have changed, and the user wants to see whether it works. */
  beatSoon(): void;
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
    beatAfter(settings().everySeconds * 1000);
  };
  const beatAfter = (ms: number): void => {
    timer?.[Symbol.dispose]();
    if (!isStopped) timer = clock.after(ms, () => void beat());
  };
  beatAfter(soonMs);
  return {
    beatSoon: () => beatAfter(soonMs),
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
