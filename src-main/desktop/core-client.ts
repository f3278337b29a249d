/** The contract's procedures called in this process: tray and notifications do what a window would do. */
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '../contract/contract.ts';
import type { Monitor } from '../monitor.ts';

export type CoreClient = ContractRouterClient<typeof contract>;

export interface Core {
  /** Loads the procedures with their library when first asked; while only the tray is there nobody needs them. */
  load(): Promise<CoreClient>;
  readonly loaded: CoreClient | undefined;
}

export function coreOf(monitor: Pick<Monitor, 'loadRouter'>): Core {
  let loading: Promise<CoreClient> | undefined;
  let loaded: CoreClient | undefined;
  const load = async (): Promise<CoreClient> => {
    const [{ createRouterClient }, router] = await Promise.all([import('@orpc/server'), monitor.loadRouter()]);
    loaded = createRouterClient(router) as CoreClient;
    return loaded;
  };
  return {
    load() {
      loading ??= load();
      return loading;
    },
    get loaded() {
      return loaded;
    },
  };
}
