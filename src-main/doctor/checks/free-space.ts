import type { SqlCheck } from './check.ts';

/** Below a quarter of the file, or a few megabytes, free pages are what the next writes will use. */
const notableShare = 0.25;
const notableBytes = 4 * 1024 * 1024;

/** Pages that hold nothing and still take room on the disk and in every backup. */
export const freeSpace: SqlCheck = {
  id: 'free-space',
  title: 'Free pages',
  needs: 'sql',
  *find({ database }) {
    const free = database.pragma('freelist_count', { simple: true }) as number;
    const pages = database.pragma('page_count', { simple: true }) as number;
    const bytes = free * (database.pragma('page_size', { simple: true }) as number);
    if (pages === 0 || free / pages < notableShare || bytes < notableBytes) return;
    yield {
      kind: 'bloated',
      check: 'free-space',
      severity: 'info',
      place: {},
      message: `${Math.round((free / pages) * 100)} % of the file (${Math.round(bytes / 1_048_576)} MB) is free pages.`,
      values: { percent: (free / pages) * 100, bytes },
    };
  },
};
