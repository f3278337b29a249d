/** What the desktop needs of the core. */
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { contract } from '../contract/contract.ts';
import type { Monitor } from '../monitor.ts';

/** The contract's procedures called in this process: tray and notifications do what a window would do. */
export type CoreClient = ContractRouterClient<typeof contract>;

export const coreClient = (monitor: Monitor): CoreClient => createRouterClient(monitor.router) as CoreClient;
