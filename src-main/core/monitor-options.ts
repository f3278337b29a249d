/** What a shell (desktop, headless, a test) hands to the core. */
import type { About } from '../contract/system.ts';
import type { ShowDesktopNotification } from '../notify/channels/desktop.ts';
import type { Clock } from '../platform/clock.ts';
import type { StartNodeProcess } from '../platform/node-process.ts';
import type { SecretStore } from '../settings/secrets.ts';

export interface MonitorOptions {
  readonly clock: Clock;
  readonly dataDir: string;
  readonly shell: About['shell'];
  readonly version: string;
  readonly isDemo: boolean;
  /** 0: any free port; undefined: what the settings say. */
  readonly apiPort?: number;
  readonly metricsPort?: number;
  /** The system's safe storage; without it a file that only the user may read. */
  readonly secrets?: SecretStore;
  /** Shows a notification with buttons; without it, or where it fails, node-notifier does. */
  readonly showNotification?: ShowDesktopNotification;
  /** How a program of ours is started; the desktop hands in Electron's way. */
  readonly startProcess?: StartNodeProcess;
  /** Where the shell knows better than the system's files. */
  readonly isOnBattery?: () => boolean;
  /** Log lines go to stderr, too. */
  readonly echoLog?: boolean;
  /** A stop was asked for: the start goes no further. */
  readonly signal?: AbortSignal;
}
