/** What a bug report needs, as one JSON text without secrets: the home folder is cut from paths, and settings hold no secrets. */
import { homedir } from 'node:os';
import type { LiveState } from './contract/live.ts';
import type { Settings } from './contract/settings.ts';
import type { About } from './contract/system.ts';

export interface SupportBundleParts {
  readonly about: About;
  readonly settings: Settings;
  readonly state: LiveState | undefined;
  readonly logLines: readonly string[];
}

export function createSupportBundle({ about, settings, state, logLines }: SupportBundleParts): string {
  const bundle = {
    about,
    settings,
    health: state?.health,
    sources: state?.sources,
    services: state?.services,
    ports: state?.ports,
    notices: state?.notices,
    activeRules: state?.alerts.map(({ rule, state: alertState, severity }) => ({ rule, state: alertState, severity })),
    log: logLines,
  };
  return JSON.stringify(bundle, null, 2).replaceAll(JSON.stringify(homedir()).slice(1, -1), '~');
}
