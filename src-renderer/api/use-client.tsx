import { createContext, type ReactNode, useContext } from 'react';
import type { Client } from './connection.ts';

const ClientContext = createContext<Client | undefined>(undefined);

export function ClientProvider({
  client,
  children,
}: {
  readonly client: Client;
  readonly children: ReactNode;
}): ReactNode {
  return <ClientContext value={client}>{children}</ClientContext>;
}

/** The contract's procedures. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error('useClient needs a ClientProvider above it');
  return client;
}
