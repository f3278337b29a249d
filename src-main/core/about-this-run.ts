/** What is known of this run before anything is measured. */
import type { About } from '../contract/system.ts';
import { systemLocale } from '../settings/language.ts';

export function aboutThisRun(run: Pick<About, 'version' | 'shell' | 'startedAt' | 'dataDir' | 'isDemo'>): About {
  const { version, shell, startedAt, dataDir, isDemo } = run;
  return {
    version,
    shell,
    startedAt,
    dataDir,
    isDemo,
    platform: `${process.platform} ${process.arch}`,
    versions: Object.fromEntries(
      Object.entries(process.versions).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    pid: process.pid,
    locale: systemLocale,
  };
}
