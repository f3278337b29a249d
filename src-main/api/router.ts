/** Every procedure of the contract, fulfilled: does not compile until each has one. Used by every transport. */
import { implement } from '@orpc/server';
import { contract } from '../contract/contract.ts';
import { type SystemDeps, systemProcedures } from './system.ts';

export interface RouterDeps {
  readonly system: SystemDeps;
}

export const createRouter = (deps: RouterDeps) =>
  implement(contract).router({
    ...systemProcedures(deps.system),
  });

export type Router = ReturnType<typeof createRouter>;
