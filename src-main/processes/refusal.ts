/** Whose process it is, and whether it may be touched. Pure. */
import type { ProcessRefusal } from '../contract/processes.ts';

export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number | null;
  readonly name: string;
  /** Of the user that runs it; null where not told. */
  readonly uid: number | null;
}

/** Without them the session or the machine stops: on each system by the names that it gives them. */
const systemNames: ReadonlySet<string> = new Set([
  ...[
    'systemd',
    'init',
    'launchd',
    'kthreadd',
    'dbus-daemon',
    'dbus-broker',
    'dbus-broker-launch',
    'elogind',
    'logind',
  ],
  ...['Xorg', 'Xwayland', 'gnome-shell', 'gnome-session-binary', 'gnome-session-b', 'kwin_wayland', 'kwin_x11'],
  ...['plasmashell', 'ksmserver', 'xfce4-session', 'sway', 'Hyprland', 'pipewire', 'wireplumber', 'NetworkManager'],
  ...['loginwindow', 'WindowServer', 'kernel_task', 'Finder', 'Dock', 'SystemUIServer', 'cfprefsd'],
  ...['System', 'Registry', 'smss', 'csrss', 'wininit', 'winlogon', 'services', 'lsass', 'svchost', 'explorer', 'dwm'],
  ...['fontdrvhost', 'sihost', 'MsMpEng'],
]);
/** Sessions of a user live in them, also the one that looks at this. */
const sessionPattern = /^(sshd|sshd-session|login|gdm-session|sddm|lightdm|containerd|dockerd)/;

export interface Surroundings {
  /** The monitor's own process. */
  readonly self: number;
  /** Of the user that runs the monitor; null where the system has none. */
  readonly uid: number | null;
  readonly parentOf: (pid: number) => number | null;
}

/** Null: it is the user's own, and nothing hangs on it but its own work. */
export function refusalFor(process: ProcessFacts, around: Surroundings): ProcessRefusal | null {
  const { pid, parent, name, uid } = process;
  if (isAbove(pid, around.self, around.parentOf) || isAbove(around.self, pid, around.parentOf))
    return 'process-of-monitor';
  // Kernel threads are children of the second process.
  if (pid <= 2 || parent === 2 || systemNames.has(name) || sessionPattern.test(name)) return 'process-of-system';
  if (around.uid !== null && uid !== around.uid) return 'process-not-yours';
  return null;
}

/** The same, or above it. */
function isAbove(one: number, other: number, parentOf: Surroundings['parentOf']): boolean {
  const seen = new Set<number>();
  for (let at: number | null = other; at !== null && !seen.has(at); at = parentOf(at)) {
    if (at === one) return true;
    seen.add(at);
  }
  return false;
}
