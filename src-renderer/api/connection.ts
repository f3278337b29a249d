/** The one place that chooses how to reach the core: a MessagePort in the desktop window, HTTP in a browser. */
import type { contract } from '@contract/contract.ts';
import { createORPCClient } from '@orpc/client';
import { RPCLink as HttpLink } from '@orpc/client/fetch';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { authorization, noteStatus, signInByAddress } from './session.ts';

export type Client = ContractRouterClient<typeof contract>;

export async function connect(): Promise<Client> {
  return createORPCClient(isDesktop() ? new PortLink({ port: await desktopPort() }) : await httpLink());
}

async function httpLink(): Promise<HttpLink<Record<never, never>>> {
  await signInByAddress();
  return new HttpLink({
    url: `${location.origin}/rpc`,
    headers: authorization,
    async fetch(request, init) {
      // Cookies of this machine are set by any port of it, a flood of them included; nothing here needs one.
      const response = await fetch(request, { ...init, credentials: 'omit' });
      noteStatus(response.status);
      return response;
    },
  });
}

export const isDesktop = (): boolean => location.protocol === 'app:';

function desktopPort(): Promise<MessagePort> {
  return new Promise((resolve) => {
    const take = (event: MessageEvent): void => {
      const port = event.ports[0];
      if (event.source !== window || event.data?.kind !== 'monitor-port' || port === undefined) return;
      removeEventListener('message', take);
      port.start();
      resolve(port);
    };
    addEventListener('message', take);
    // The page asks, so that the port never comes before someone listens.
    postMessage({ kind: 'monitor-port-wanted' }, location.origin);
  });
}
