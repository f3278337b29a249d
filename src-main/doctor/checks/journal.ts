import type { ByteCheck } from './check.ts';

/**
 * A rollback journal that a crash left: until it is played back, the file is half of an old and half of a new state.
 */
export const journal: ByteCheck = {
  id: 'journal',
  title: 'Rollback journal',
  needs: 'bytes',
  find: ({ facts, isLeftAlone }) =>
    facts.journal === 'hot' && isLeftAlone
      ? [
          {
            kind: 'hot-journal',
            check: 'journal',
            severity: 'critical',
            place: {},
            message: 'An unfinished write lies beside the database and waits to be undone.',
          },
        ]
      : [],
};
