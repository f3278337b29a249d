/** Starts the sample application beside the monitor, and again when it ends by itself. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type TargetSettings, targetSchema } from '../contract/settings/targets.ts';
import type { Clock } from '../platform/clock.ts';
import type { NodeProcess, StartNodeProcess } from '../platform/node-process.ts';

export interface DemoOptions {
  readonly folder: string;
  /** Where it reports its events. */
  readonly eventsUrl: string;
  readonly clock: Clock;
  readonly startProcess: StartNodeProcess;
}

export interface Demo {
  /** Ends the application until disposed, so that its database can be replaced. */
  pause(): Promise<AsyncDisposable>;
  stop(): Promise<void>;
}

/** What the demo watches; the names are shown to the user. */
export const demoPaths = (folder: string) => ({
  database: join(folder, 'hexagonal_kb.db'),
  log: join(folder, 'application.log'),
});

/** Titles are the user's everywhere else, so those of the demo are in their language, too. */
const titles = {
  en: { database: 'Sample knowledge base', log: 'Log of the sample application' },
  de: { database: 'Beispiel-Wissensbasis', log: 'Protokoll der Beispielanwendung' },
};

/** What the demo watches besides the user's own targets; not written to the settings. */
export function demoTargets(folder: string, language: 'en' | 'de'): readonly TargetSettings[] {
  const { database, log } = demoPaths(folder);
  const title = titles[language];
  return [
    { kind: 'sqlite', id: 'sample-knowledge-base', title: title.database, path: database, profile: 'hakgal' },
    { kind: 'log', id: 'sample-log', title: title.log, path: log },
  ].map((target) => targetSchema.parse(target));
}

const restartAfterMs = 5_000;

export function startDemo({ folder, eventsUrl, clock, startProcess }: DemoOptions): Demo {
  const { database, log } = demoPaths(folder);
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const workload = fileURLToPath(new URL(`./workload.${extension}`, import.meta.url));
  let running: NodeProcess | undefined;
  let restart: Disposable | undefined;
  let isPaused = false;
  let isStopped = false;
  const start = (): void => {
    // A pause may end after the stop: the doctor gives back what it released when its job is cancelled.
    if (isStopped) return;
    running = startProcess(workload, ['--database', database, '--events', eventsUrl, '--log', log], () => {
      if (!isPaused) restart = clock.after(restartAfterMs, start);
    });
  };
  start();
  return {
    async pause() {
      // Its end is asked for, and the next start is the disposer's.
      const ending = running;
      isPaused = true;
      restart?.[Symbol.dispose]();
      await ending?.stop();
      return {
        [Symbol.asyncDispose]: async () => {
          isPaused = false;
          start();
        },
      };
    },
    async stop() {
      isStopped = true;
      restart?.[Symbol.dispose]();
      await running?.stop();
    },
  };
}
