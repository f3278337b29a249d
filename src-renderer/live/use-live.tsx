/** React's view of the live store. */
import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import type { LiveStore } from './live-store.ts';

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

export function useLiveStore(): LiveStore {
  const store = useContext(LiveContext);
  if (store === undefined) throw new Error('useLiveStore needs a LiveProvider above it');
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
