/**
 * What a bug report needs, as one JSON text that may be shown to strangers: no secrets, no addresses beyond their host,
 * no home folder.
 */
import { homedir } from 'node:os';
import type { LiveState } from '../contract/live.ts';
import type { Settings } from '../contract/settings/settings.ts';
import type { About } from '../contract/system.ts';

export interface SupportBundleParts {
  readonly about: About;
  readonly settings: Settings;
  readonly state: LiveState | undefined;
  readonly logLines: readonly string[];
}

export function createSupportBundle({ about, settings, state, logLines }: SupportBundleParts): string {
  const bundle = {
    about,
    settings: withoutContents(settings),
    health: state?.health,
    sources: state?.sources,
    services: state?.services,
    ports: state?.ports,
    notifications: state?.notifications,
    activeRules: state?.alerts.map(({ rule, state: alertState, severity }) => ({ rule, state: alertState, severity })),
    log: logLines,
  };
  const home = homedir();
  return JSON.stringify(
    bundle,
    (_, value: unknown) => (typeof value === 'string' ? redact(value).replaceAll(home, '~') : value),
    2,
  );
}

/**
 * That a text was set matters to whoever reads the report, its words do not; they may be a password in a header or a
 * query.
 */
const isSet = '(set)';

function withoutContents(settings: Settings) {
  const { notify, targets } = settings;
  return {
    ...settings,
    notify: {
      ...notify,
      channels: notify.channels.map((channel) => ({
        ...channel,
        options: Object.fromEntries(
          Object.entries(channel.options).map(([name, value]) => [
            name,
            typeof value !== 'string' || /^https?:/.test(value) ? value : isSet,
          ]),
        ),
      })),
    },
    targets: {
      ...targets,
      list: targets.list.map((target) => ({
        ...target,
        ...('query' in target && target.query !== undefined && { query: isSet }),
        ...('bodyContains' in target && target.bodyContains !== undefined && { bodyContains: isSet }),
      })),
    },
  };
}

const hidden = '•••';
const address = /\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>`\\]+/gi;
const credentials = /\b(bearer|basic)\s+[\w.+/=~-]{4,}/gi;
const namedSecret =
  /((?:token|password|passwd|pwd|secret|api[-_]?key|signature|authorization)\\?["']?\s*[=:]\s*\\?["']?)[^\s"'\\&,;}]+/gi;

/** Any address may be as good as a password: in its user part, its path (Slack, Discord) or its query. */
export function redact(text: string): string {
  return text.replace(address, hostAlone).replace(credentials, `$1 ${hidden}`).replace(namedSecret, `$1${hidden}`);
}

function hostAlone(found: string): string {
  if (found.toLowerCase().startsWith('file:')) return found;
  const [scheme = ''] = found.split('://', 1);
  if (!URL.canParse(found)) return `${scheme}://${hidden}`;
  const { host, username, password, pathname, search, hash } = new URL(found);
  const hasMore = username !== '' || password !== '' || pathname.length > 1 || search !== '' || hash !== '';
  return `${scheme}://${host}${hasMore ? `/${hidden}` : ''}`;
}
