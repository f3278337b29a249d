/** The user's settings: read once, validated, changed as a whole area, written atomically, told to whoever listens. */
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import type { z } from 'zod';
import type { AppNotification } from '../contract/live.ts';
import { failed, type Outcome, ok } from '../contract/outcome.ts';
import {
  defaultSettings,
  type Settings,
  type SettingsPatch,
  settingsSchema,
  settingsVersion,
} from '../contract/settings/settings.ts';
import { hasHiddenParts, restoreHidden } from '../contract/text/redact.ts';
import type { NotificationKind } from '../contract/words/app-notifications.ts';
import type { Clock } from '../platform/clock.ts';
import { migrateSettings } from './migrate-settings.ts';

export interface SettingsStore {
  readonly current: Settings;
  /** What went wrong while reading, for the user. */
  readonly notifications: readonly AppNotification[];
  /**
   * A patch that follows from what is there is handed in as a function, so that of two changes at once none is lost.
   */
  update(patch: SettingsPatch | ((current: Settings) => SettingsPatch)): Promise<Outcome<Settings>>;
  /** Replaces everything by the text of an exported file. */
  importJson(json: string): Promise<Outcome<Settings>>;
  subscribe(listener: (settings: Settings, previous: Settings) => void): Disposable;
}

export function openSettings(path: string, clock: Clock): SettingsStore {
  const { settings, notifications } = readSettings(path, clock);
  const listeners = new Set<(settings: Settings, previous: Settings) => void>();
  let current = settings;
  let writing: Promise<unknown> = Promise.resolve();

  /** One after the other: each change is made to what the one before it left. */
  const inTurn = (change: () => Promise<Outcome<Settings>>): Promise<Outcome<Settings>> => {
    const turn = writing.then(change);
    writing = turn.catch(() => {});
    return turn;
  };

  const replace = async (next: Settings): Promise<Outcome<Settings>> => {
    try {
      await writeFileAtomic(path, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
    } catch (error) {
      return failed('settings-not-written', { path, detail: (error as Error).message });
    }
    const previous = current;
    current = next;
    for (const listener of listeners) listener(next, previous);
    return ok(next);
  };

  return {
    get current() {
      return current;
    },
    notifications,
    update: (patch) =>
      inTurn(async () => {
        const change = typeof patch === 'function' ? patch(current) : patch;
        // A screen was shown no secrets, and sends back what it was shown.
        const parsed = settingsSchema.safeParse(restoreHidden({ ...current, ...change }, current));
        if (!parsed.success) return refused(parsed.error);
        return hasHiddenParts(parsed.data) && !hasHiddenParts(current) ? stillHidden : replace(parsed.data);
      }),
    importJson: (json) => {
      const parsed = parseJson(json);
      if (parsed === undefined) {
        return Promise.resolve(failed('settings-not-json'));
      }
      return inTurn(async () => {
        const checked = settingsSchema.safeParse(restoreHidden(migrateSettings(parsed), current));
        return checked.success ? replace(withoutUnusable(checked.data)) : refused(checked.error);
      });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
  };
}

const stillHidden = failed('still-hidden');

/** What lacks a part that was not exported waits, switched off, for somebody to complete it. */
function withoutUnusable(settings: Settings): Settings {
  const switchOff = <T extends { readonly isEnabled: boolean }>(one: T): T =>
    hasHiddenParts(one) ? { ...one, isEnabled: false } : one;
  const { notify, targets } = settings;
  return {
    ...settings,
    notify: { ...notify, channels: notify.channels.map(switchOff) },
    targets: { ...targets, list: targets.list.map(switchOff) },
  };
}

/** Names the field and the reason of the first fault. */
function refused(error: z.ZodError): Outcome<never> {
  const issue = error.issues[0];
  return failed('settings-refused', { setting: issue?.path.join('.') ?? '', detail: issue?.message ?? '' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Never fails: a file that can't be used is set aside with its date and the defaults hold. An area that does not fit
 * its schema falls back to its defaults alone, so that one wrong rule does not cost the rest.
 */
function readSettings(path: string, clock: Clock): { settings: Settings; notifications: AppNotification[] } {
  if (!existsSync(path)) return { settings: defaultSettings, notifications: [] };
  const setAside = (kind: NotificationKind, what: string, detail?: string): AppNotification => {
    const aside = `${path}.${new Date(clock.now()).toISOString().replaceAll(':', '-')}.damaged`;
    copyFileSync(path, aside);
    return {
      kind,
      message: `${what} A copy of the file lies at ${aside}.`,
      next: 'Check the settings and save them again.',
      values: { aside, ...(detail !== undefined && { detail }) },
      at: clock.now(),
    };
  };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const message = `The settings file ${path} can't be read (${(error as Error).message}); the defaults are in force.`;
    return {
      settings: defaultSettings,
      notifications: [
        {
          kind: 'settings-unreadable',
          message,
          next: 'Make the file readable and start again.',
          values: { detail: (error as Error).message },
          at: clock.now(),
        },
      ],
    };
  }
  const raw = migrateSettings(parseJson(text));
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return {
      settings: defaultSettings,
      notifications: [setAside('settings-damaged', `The settings file ${path} is damaged; the defaults are in force.`)],
    };
  }
  const whole = settingsSchema.safeParse(raw);
  if (whole.success) return { settings: whole.data, notifications: [] };
  if ('version' in raw && typeof raw.version === 'number' && raw.version > settingsVersion) {
    const message = `The settings file ${path} was written by a newer version; the defaults are in force.`;
    return { settings: defaultSettings, notifications: [setAside('settings-newer', message)] };
  }
  const good: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [area, schema] of Object.entries(settingsSchema.shape)) {
    const value = (raw as Record<string, unknown>)[area];
    const checked = (schema as z.ZodType).safeParse(value);
    if (checked.success) good[area] = checked.data;
    else if (value !== undefined)
      faults.push(
        `${[area, ...(checked.error.issues[0]?.path ?? [])].join('.')} (${checked.error.issues[0]?.message})`,
      );
  }
  const message = `Some settings in ${path} were refused and their area has its defaults: ${faults.join('; ')}.`;
  return {
    settings: settingsSchema.parse(good),
    notifications: [setAside('settings-refused', message, faults.join('; '))],
  };
}
