/** Where our servers answer: known to everybody from the start, filled in once they listen. */
import type { PortInUse } from '../../contract/live.ts';
import { type Addresses, addressesOf } from '../../http/addresses.ts';
import type { Module } from '../part.ts';

export interface OwnAddresses {
  /** Empty until the servers listen. */
  readonly ports: readonly PortInUse[];
  /** @param signIn undefined where nobody is to be signed in by the address */
  addresses(signIn?: Parameters<typeof addressesOf>[1]): Addresses;
  announce(ports: readonly PortInUse[]): void;
}

export function createOwnAddresses(): Module<OwnAddresses> {
  let ports: readonly PortInUse[] = [];
  return {
    api: {
      get ports() {
        return ports;
      },
      addresses: (signIn) => addressesOf(ports, signIn),
      announce(next) {
        ports = next;
      },
    },
    part: { name: 'addresses' },
  };
}
