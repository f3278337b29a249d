/**
 * What parts say to each other without knowing each other: only where two need one another in turn. Everything else is
 * handed in. Listeners run at once and in the order they came; what one throws is a bug and reaches whoever emitted.
 */
interface CoreEvents {
  /** A watched database is another file than before. */
  fileReplaced: string;
  /** Sampling was stopped for a while, or goes on; ms since the epoch, null while it goes on. */
  pauseChanged: number | null;
  /** Something is to be seen that no tick brought: an acknowledged alert, a dismissed notification. */
  viewChanged: undefined;
  /** The servers listen. */
  serversStarted: undefined;
}

export interface EventHub {
  emit<Name extends keyof CoreEvents>(name: Name, value: CoreEvents[Name]): void;
  on<Name extends keyof CoreEvents>(name: Name, listener: (value: CoreEvents[Name]) => void): Disposable;
}

type Listener = (value: never) => void;

export function createEventHub(): EventHub {
  const listeners = new Map<keyof CoreEvents, Set<Listener>>();
  return {
    emit(name, value) {
      for (const listener of listeners.get(name) ?? []) (listener as (value: unknown) => void)(value);
    },
    on(name, listener) {
      const ofName = listeners.get(name) ?? new Set<Listener>();
      listeners.set(name, ofName);
      ofName.add(listener);
      return { [Symbol.dispose]: () => void ofName.delete(listener) };
    },
  };
}
