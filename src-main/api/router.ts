/** The procedures of every area, used by every transport; an area's own file does not compile until each of its has one. */
import { type SystemDeps, systemProcedures } from './system.ts';

export interface RouterDeps {
  readonly system: SystemDeps;
}

export const createRouter = (deps: RouterDeps) => ({
  ...systemProcedures(deps.system),
});

export type Router = ReturnType<typeof createRouter>;
