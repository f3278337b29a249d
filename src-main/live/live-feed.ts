/** The one place that holds LiveState, and those who watch it. */
import type { LiveFrame, LiveState } from '../contract/live.ts';
import { metricOfKey } from '../contract/metric.ts';
import { finiteOrNull } from './live-window.ts';

export interface LiveFeed {
  readonly current: LiveState | undefined;
  subscribe(listener: (state: LiveState) => void): Disposable;
  /** Told the same, without counting as someone who looks: the tray is always there. */
  glance(listener: (state: LiveState) => void): Disposable;
}

export class LivePublisher implements LiveFeed {
  readonly #listeners = new Set<(state: LiveState) => void>();
  readonly #glances = new Set<(state: LiveState) => void>();
  #current: LiveState | undefined;

  get current(): LiveState | undefined {
    return this.#current;
  }

  /** Whether anyone looks: a window, a browser. */
  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  publish(state: LiveState): void {
    this.#current = state;
    for (const listener of this.#listeners) listener(state);
    for (const listener of this.#glances) listener(state);
  }

  subscribe(listener: (state: LiveState) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  glance(listener: (state: LiveState) => void): Disposable {
    this.#glances.add(listener);
    return { [Symbol.dispose]: () => void this.#glances.delete(listener) };
  }
}

/** The parts of a state that travel only when they changed; they are immutable, so identity tells. */
const changingParts = ['health', 'alerts', 'sources', 'services', 'ports', 'notifications', 'explanation'] as const;

/** Turns states into frames for one watcher: the first is whole, later ones carry what changed. */
export function createFramer(select: readonly string[]): (state: LiveState) => LiveFrame {
  const wanted = new Set(select);
  let keys: readonly string[] = [];
  let valuesCount = -1;
  let before: LiveState | undefined;
  return (state) => {
    const isWanted = (key: string): boolean => wanted.has(key) || wanted.has(metricOfKey(key));
    // Series come and go seldom: the keys are looked through only when their number or an expected one has changed.
    const isSame = state.values.size === valuesCount && keys.every((key) => state.values.has(key));
    let newKeys: readonly string[] | undefined;
    if (!isSame) {
      const next = [...state.values.keys()].filter(isWanted);
      valuesCount = state.values.size;
      if (before === undefined || next.length !== keys.length || next.some((key, index) => key !== keys[index]))
        newKeys = next;
      keys = next;
    }
    const frame: LiveFrame = {
      sequence: state.sequence,
      at: state.at,
      uptimeSeconds: state.uptimeSeconds,
      pausedUntil: state.pausedUntil,
      ...((newKeys !== undefined || before === undefined) && { keys }),
      values: keys.map((key) => finiteOrNull(state.values.get(key)?.value ?? Number.NaN)),
      ...Object.fromEntries(
        changingParts.filter((part) => before?.[part] !== state[part]).map((part) => [part, state[part]]),
      ),
    };
    before = state;
    return frame;
  };
}

/** Frames as they come; a watcher slower than the tick gets the newest and misses those between. */
export async function* watchFrames(
  feed: LiveFeed,
  select: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<LiveFrame> {
  const toFrame = createFramer(select);
  let pending: LiveState | undefined = feed.current;
  let wake: (() => void) | undefined;
  using _subscription = feed.subscribe((state) => {
    pending = state;
    wake?.();
  });
  const onAbort = (): void => wake?.();
  signal?.addEventListener('abort', onAbort);
  try {
    while (signal?.aborted !== true) {
      if (pending !== undefined) {
        const state: LiveState = pending;
        pending = undefined;
        yield toFrame(state);
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}
