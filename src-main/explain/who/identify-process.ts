/**
 * What a person calls a process: the app ("Visual Studio Code"), the script (`hexagonal_kb.py`), the tool and its task
 * (`vite build`). Only names come out of a command line, never its other arguments: they hold secrets. Pure.
 */
import { isInterpreter, nameOfInterpreted, withTask } from './interpreted.ts';
import { fileName, splitCommand } from './split-command.ts';

export interface ProcessIdentity {
  /** As a person calls it. */
  readonly label: string;
  /** A shell or starter that only waits for what it started. */
  readonly isWrapper: boolean;
  /** A helper of the app that began it, as browsers and editors start them. */
  readonly isHelper: boolean;
}

/** Names that differ from what people know. */
const knownApps: Readonly<Record<string, string>> = {
  chrome: 'Google Chrome',
  'google-chrome': 'Google Chrome',
  chromium: 'Chromium',
  code: 'Visual Studio Code',
  'code-insiders': 'Visual Studio Code Insiders',
  codium: 'VSCodium',
  cursor: 'Cursor',
  firefox: 'Firefox',
  'firefox-bin': 'Firefox',
  idea: 'IntelliJ IDEA',
  idea64: 'IntelliJ IDEA',
  pycharm: 'PyCharm',
  pycharm64: 'PyCharm',
  webstorm: 'WebStorm',
  webstorm64: 'WebStorm',
  msedge: 'Microsoft Edge',
  winword: 'Microsoft Word',
  excel: 'Microsoft Excel',
  outlook: 'Microsoft Outlook',
  powerpnt: 'Microsoft PowerPoint',
  'ms-teams': 'Microsoft Teams',
  teams: 'Microsoft Teams',
  msmpeng: 'Microsoft Defender',
  searchindexer: 'Windows Search',
  tiworker: 'Windows Update',
  onedrive: 'OneDrive',
  mds_stores: 'Spotlight',
  mdworker_shared: 'Spotlight',
  backupd: 'Time Machine',
  slack: 'Slack',
  spotify: 'Spotify',
  discord: 'Discord',
  thunderbird: 'Thunderbird',
  obs: 'OBS Studio',
  blender: 'Blender',
  'gnome-shell': 'GNOME Shell',
};

const wrappers = new Set([
  ...['sh', 'bash', 'zsh', 'fish', 'dash', 'ksh', 'tcsh', 'csh', 'cmd', 'powershell', 'pwsh', 'conhost', 'openconsole'],
  ...['sudo', 'doas', 'su', 'env', 'nice', 'ionice', 'nohup', 'time', 'timeout', 'xargs', 'setsid', 'stdbuf', 'flock'],
  ...['npx', 'tini', 'dumb-init', 'catatonit', 'login', 'script', 'unbuffer'],
]);

const packageManagers = new Set(['npm', 'yarn', 'pnpm', 'bun']);

/** What names a program stands at its beginning; some command lines are megabytes. */
const identifyingLength = 2_000;

/** `name` is the system's; `command` the whole command line or null. */
export function identifyProcess(process: { readonly name: string; readonly command: string | null }): ProcessIdentity {
  const command = process.command?.slice(0, identifyingLength) ?? '';
  return { ...nameProcess(process.name, command), isHelper: /(^|[\s\0])--type=/.test(command) };
}

function nameProcess(name: string, command: string): Omit<ProcessIdentity, 'isHelper'> {
  const words = splitCommand(command);
  const program = words[0];
  if (program === undefined) return named(kernelName(name), kernelName(name));
  const title = processTitle(command, name);
  if (title !== undefined) return { label: title, isWrapper: false };
  const app = appBundle(command);
  if (app !== undefined) return { label: app, isWrapper: false };
  const file = fileName(program);
  // Started through an open file, `/dev/fd/3`: the system knows its name, or nobody.
  if (/^\d+$/.test(file)) return named(kernelName(name), kernelName(name));
  if (isInterpreter(file)) {
    const inner = nameOfInterpreted(file, words.slice(1));
    if (inner !== undefined) return { label: inner, isWrapper: false };
  }
  const task = packageManagers.has(file) ? withTask(file, words.slice(1)) : file;
  return named(task, file);
}

function named(label: string, file: string): Omit<ProcessIdentity, 'isHelper'> {
  const plain = file.toLowerCase().replace(/^-/, '');
  return { label: knownApps[plain] ?? label, isWrapper: wrappers.has(plain) };
}

/** `[kswapd0]` and `kworker/u8:2` are the kernel's. */
const kernelName = (name: string): string => name.replace(/^\[(.*)\]$/, '$1').replace(/\.exe$/i, '');

/** Servers write what a process is for over their command line: `postgres: checkpointer`, `nginx: worker process`. */
function processTitle(command: string, name: string): string | undefined {
  const match = /^([\w.-]+): (\w[\w -]{0,40})/.exec(command);
  if (match === null || !(match[1] as string).startsWith(name.slice(0, 8))) return undefined;
  // Of `postgres: anna shop [local] SELECT` only the part before names of users and databases is safe to say.
  const role = (match[2] as string).trim().split(' ').slice(0, 2).join(' ');
  const isRole =
    /^(checkpointer|background writer|walwriter|autovacuum \w+|logical replication|archiver|stats collector|worker process|master process|cache manager)/.test(
      `${match[2]}`,
    );
  return isRole ? `${match[1]}: ${role}` : (match[1] as string);
}

/** The outermost `.app` of a path: helpers of a bundle are the app to its user. */
function appBundle(command: string): string | undefined {
  const match = /^(?:\/[^/]+)*?\/([^/]+)\.app\/Contents\//.exec(command);
  return match?.[1];
}
