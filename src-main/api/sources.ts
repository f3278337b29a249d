import { implement } from '@orpc/server';
import type { SourceStatus } from '../contract/live.ts';
import { sourcesContract } from '../contract/sources.ts';

export interface SourcesDeps {
  readonly statuses: () => readonly SourceStatus[];
  readonly runSoon: (id: string) => void;
}

export function sourcesProcedures(deps: SourcesDeps) {
  const os = implement(sourcesContract);
  return os.router({
    sources: {
      list: os.sources.list.handler(() => deps.statuses()),
      refresh: os.sources.refresh.handler(({ input }) => {
        deps.runSoon(input.id);
        return {};
      }),
    },
  });
}
