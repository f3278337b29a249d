/** The history. Opened before anything else: what was there says where ticks and alerts go on. */
import type { AppNotification } from '../../contract/live.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import type { StoreStatus } from '../../store/store-types.ts';
import type { Foundation } from '../foundation.ts';
import type { Module } from '../part.ts';

export async function createStore({ clock, paths, settings, notifications }: Foundation): Promise<Module<Store>> {
  const store = await openStore(paths.history, { clock, settings: settings.current.store, watchPath: paths.watch });
  notifications.add(notificationsOf(store.status(), clock.now()));
  store.onReopened((status) => notifications.add(notificationsOf(status, clock.now())));
  const subscription = settings.subscribe((next, previous) => {
    if (next.store !== previous.store) store.configure(next.store);
  });
  return {
    api: store,
    part: {
      name: 'store',
      stopWithinMs: 1_500,
      async stop() {
        subscription[Symbol.dispose]();
        await store.close();
      },
    },
  };
}

const notificationsOf = ({ recoveryLevel, message, values }: StoreStatus, at: number): AppNotification[] =>
  message === undefined
    ? []
    : [{ kind: `store-${recoveryLevel}`, message, ...(values !== undefined && { values }), at }];
