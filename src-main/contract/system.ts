/** The monitor itself: live state, descriptions, settings, pause, about. */
import { eventIterator, type } from '@orpc/contract';
import { z } from 'zod';
import { base } from './base.ts';
import { drafted } from './forms/form-procedures.ts';
import { type LiveFrame, liveRecentSchema, liveWatchSchema, type RecentAnswer, type SeriesWithInfo } from './live.ts';
import type { MetricInfo } from './metric.ts';
import { type Settings, settingsPatchSchema } from './settings/settings.ts';

export interface About {
  readonly version: string;
  readonly shell: 'desktop' | 'headless';
  readonly platform: string;
  /** node, electron, chrome, sqlite, … by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly pid: number;
  readonly startedAt: number;
  readonly dataDir: string;
  readonly isDemo: boolean;
  /** Language of the system, BCP 47. */
  readonly locale: string;
}

export interface SettingsAnswer {
  readonly settings: Settings;
  readonly defaults: Settings;
}

export const systemContract = {
  live: {
    /** A frame a tick from now on; the first one at once. */
    watch: base.input(liveWatchSchema).output(eventIterator(type<LiveFrame>())),
    /** The last minutes from memory, to fill a chart before the stream goes on. */
    recent: base.input(liveRecentSchema).output(type<RecentAnswer>()),
    /** Every series that has a live value, with its description. */
    series: base.output(type<readonly SeriesWithInfo[]>()),
  },
  metrics: {
    /** Every metric that a source can yield. */
    list: base.output(type<readonly MetricInfo[]>()),
  },
  settings: {
    get: base.output(type<SettingsAnswer>()),
    update: base.input(settingsPatchSchema).output(type<Settings>()),
    /** The same from a form. */
    save: base.input(drafted(settingsPatchSchema)).output(type<Settings>()),
    /** Without secrets; with a passphrase everything, sealed with it. */
    export: base
      .input(z.object({ passphrase: z.string().min(8).max(1_000).optional() }).optional())
      .output(type<{ readonly json: string }>()),
    import: base
      .input(z.object({ json: z.string().max(2_000_000), passphrase: z.string().max(1_000).optional() }))
      .output(type<Settings>()),
  },
  monitor: {
    about: base.output(type<About>()),
    /** Stops sampling and alerting for a while; recorded as a gap with cause "paused". */
    pause: base
      .input(
        z.object({
          minutes: z
            .number()
            .min(1)
            .max(24 * 60),
        }),
      )
      .output(type<{ readonly until: number }>()),
    resume: base.output(type<Record<string, never>>()),
    /** Versions, settings without secrets, source states, the log's end: one JSON text for a bug report. */
    supportBundle: base.output(type<{ readonly json: string }>()),
    dismissNotification: base.input(z.object({ kind: z.string().max(100) })).output(type<Record<string, never>>()),
  },
};
