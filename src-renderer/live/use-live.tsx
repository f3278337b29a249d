/** React's view of the live store. */
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import type { ConnectionState, LiveRest, LiveStore } from './live-store.ts';

const LiveContext = createContext<LiveStore | undefined>(undefined);

export function LiveProvider({
  store,
  children,
}: {
  readonly store: LiveStore;
  readonly children: ReactNode;
}): ReactNode {
  return <LiveContext value={store}>{children}</LiveContext>;
}

function useLiveStore(): LiveStore {
  const store = useContext(LiveContext);
  if (store === undefined) throw new Error('useLive needs a LiveProvider above it');
  return store;
}

/** Draws anew with each frame of the stream, and keeps `selectors` in the stream as long as the component is there. */
export function useLive(...selectors: readonly string[]): LiveStore {
  const store = useLiveStore();
  const wanted = selectors.join('\n');
  useEffect(() => (wanted === '' ? undefined : store.want(wanted.split('\n'))), [store, wanted]);
  useSyncExternalStore(store.subscribe, () => store.version);
  return store;
}

/** A part of the newest state; draws anew only when that part changed. */
export function useLiveState<K extends keyof LiveRest>(part: K): LiveRest[K] | undefined {
  const store = useLiveStore();
  return useSyncExternalStore(store.subscribe, () => store.state?.[part]);
}

export function useConnection(): ConnectionState {
  const store = useLiveStore();
  return useSyncExternalStore(store.subscribe, () => store.connection);
}
