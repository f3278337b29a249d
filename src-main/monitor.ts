/** Builds the core, in the order of the data path; the only place that says `new` for it. Needs no Electron. */
import { uptime } from 'node:os';
import { join } from 'node:path';
import { aboutThisRun } from './about-this-run.ts';
import { startAlerting } from './alerting.ts';
import { diskFullForecast } from './analysis/disk-full-forecast.ts';
import type { Router } from './api/router.ts';
import { createCollectors, watchProcesses } from './collectors/index.ts';
import type { AppNotice, PortInUse } from './contract/live.ts';
import { databaseProfiles } from './contract/profile.ts';
import type { About } from './contract/system.ts';
import { type Demo, demoPaths, demoTargets, startDemo } from './demo/start-demo.ts';
import { startBackupSchedule } from './doctor/backups/schedule.ts';
import { watchedDatabases } from './doctor/backups/watched-databases.ts';
import { createDoctor } from './doctor/doctor.ts';
import { describeLeftover, noticesOfLeftovers } from './doctor/leftovers.ts';
import { ownProfiles } from './doctor/own-profiles.ts';
import { type Addresses, addressesOf } from './http/addresses.ts';
import { type HttpServers, startHttpServers } from './http/http-servers.ts';
import { openToken } from './http/token.ts';
import { Lifecycle } from './lifecycle.ts';
import { type LiveFeed, LivePublisher } from './live/live-feed.ts';
import { LiveWindow } from './live/live-window.ts';
import { createNoticeBoard } from './live/notice-board.ts';
import { createAnnotations } from './marking.ts';
import { createMessageCatalogue } from './message-owners.ts';
import type { Catalogue } from './messages/catalogue.ts';
import { type ShowDesktopNotice, showByNodeNotifier } from './notify/channels/desktop.ts';
import { createPipeline } from './pipeline.ts';
import type { Clock } from './platform/clock.ts';
import { makeDataDir } from './platform/data-folder.ts';
import { createLogFile } from './platform/logger.ts';
import { forkNodeProcess, type StartNodeProcess } from './platform/node-process.ts';
import { dataPaths, realPath } from './platform/paths.ts';
import { isOnBattery } from './platform/power.ts';
import { projectRoot } from './platform/product.ts';
import { keepHeapSmall } from './platform/small-heap.ts';
import { createRouterLoader } from './procedures.ts';
import { createReporting } from './reporting.ts';
import { adaptIntervals } from './sampling/adapt-intervals.ts';
import { createPause } from './sampling/pause.ts';
import { createScheduler, type Scheduler } from './sampling/scheduler.ts';
import { languageOf } from './settings/language.ts';
import { openSecretFile, type SecretStore } from './settings/secrets.ts';
import { openSettings, type SettingsStore } from './settings/settings-store.ts';
import { openStore } from './store/open-store.ts';
import { storeSource } from './store/store-source.ts';
import { createRuntimeStatus } from './surroundings.ts';
import { createTargetSet } from './targets/target-set.ts';
import { watchTargets } from './watched-targets.ts';

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
  /** Shows a notice with buttons; without it, or where it fails, node-notifier does. */
  readonly showNotice?: ShowDesktopNotice;
  /** How programs of ours are started; the desktop hands in Electron's way. */
  readonly startProcess?: StartNodeProcess;
  /** Where the shell knows better than the system's files. */
  readonly isOnBattery?: () => boolean;
  /** Log lines go to stderr, too. */
  readonly echoLog?: boolean;
}

export interface Monitor {
  readonly live: LiveFeed;
  readonly settings: Pick<SettingsStore, 'current' | 'subscribe'>;
  /** The procedures; loaded with their library when a screen first connects, since most hours nobody looks. */
  loadRouter(): Promise<Router>;
  readonly ports: readonly PortInUse[];
  readonly addresses: Addresses;
  readonly messages: Catalogue;
  /** @returns when sampling goes on by itself, ms since the epoch */
  pause(ms: number): number;
  resume(): void;
  /** Idempotent; resolves when everything is written and released. */
  stop(): Promise<void>;
}

/** Starts sampling at once. Throws where the data directory can't be used; everything else is survived and told. */
export async function startMonitor(options: MonitorOptions): Promise<Monitor> {
  const { clock, dataDir } = options;
  const paths = dataPaths(dataDir);
  const startedAt = clock.now();
  makeDataDir(dataDir);

  const heap = keepHeapSmall(clock);
  const logger = createLogFile(paths.logs, clock, { echo: options.echoLog === true });
  const lifecycle = new Lifecycle(clock, logger);
  const settings = openSettings(paths.settings, clock);
  logger.setLevel(settings.current.general.logLevel);
  settings.subscribe((next) => logger.setLevel(next.general.logLevel));

  const store = await openStore(paths.history, { clock, settings: settings.current.store });
  const board = createNoticeBoard(logger);
  board.add([...settings.notices, ...storeNotices(store.status(), clock.now())]);
  settings.subscribe((next, previous) => {
    if (next.store !== previous.store) store.configure(next.store);
  });
  store.onReopened((status) => board.add(storeNotices(status, clock.now())));

  const collectorDeps = { clock, platform: process.platform, dataDir, storeSizeBytes: () => store.status().sizeBytes };
  const processes = watchProcesses(collectorDeps);
  const reporting = createReporting({ clock, logger, settings });
  const targets = createTargetSet({
    clock,
    platform: process.platform,
    memoryPath: paths.targetMemory,
    processesNamed: processes.named,
    ...(options.startProcess !== undefined && { startProcess: options.startProcess }),
    profiles: () => [...databaseProfiles, ...ownProfiles(settings.current.profiles)],
    addSource: (source) => scheduler?.add(source),
    removeSource: async (id) => scheduler?.remove(id),
    onFileReplaced: (file) => void annotations.fileReplaced(file),
  });
  const watched = watchTargets(targets, () => [
    ...settings.current.targets.list,
    ...(options.isDemo ? demoTargets(paths.demo, languageOf(settings.current.general.language)) : []),
  ]);
  settings.subscribe((next, previous) => {
    if (next.targets !== previous.targets || next.profiles !== previous.profiles) watched.refresh();
  });
  const doctor = createDoctor({
    clock,
    folder: paths.doctor,
    settings: () => settings.current.doctor,
    profiles: () => [...databaseProfiles, ...ownProfiles(settings.current.profiles)],
    release: async (file) => {
      const release = watched.release(file);
      const paused =
        options.isDemo && realPath(file) === realPath(demoPaths(paths.demo).database) ? await demo?.pause() : undefined;
      return {
        [Symbol.asyncDispose]: async () => {
          release[Symbol.dispose]();
          await paused?.[Symbol.asyncDispose]();
        },
      };
    },
  });
  let backups: Disposable | undefined;
  const window = new LiveWindow();
  const publisher = new LivePublisher();
  const token = openToken(paths.token);
  let servers: HttpServers | undefined;
  let demo: Demo | undefined;
  const noPorts: readonly PortInUse[] = [];
  let scheduler: Scheduler | undefined;
  let adapting: Disposable | undefined;

  const messages = createMessageCatalogue(() => scheduler?.sources() ?? []);
  const secrets = options.secrets ?? openSecretFile(paths.secrets);
  const alerting = await startAlerting({
    clock,
    logger,
    settings,
    secrets,
    records: store.records,
    store,
    lastAt: store.newestAt,
    desktop: [...(options.showNotice === undefined ? [] : [options.showNotice]), showByNodeNotifier],
    processes: processes.table,
    dashboard: () => addressesOf(servers?.ports ?? noPorts).apiUrl ?? undefined,
    speaker: () => messages.speaker(languageOf(settings.current.general.language)),
    onChange: () => pipeline.republish(),
  });
  const alerts = alerting.stage;

  const annotations = createAnnotations({
    clock,
    logger,
    version: options.version,
    records: store.records,
    settings,
    jobs: doctor.jobs,
    undoList: doctor.undoList,
  });
  const pause = createPause(
    clock,
    () => scheduler,
    () => {
      annotations.annotate('paused');
      pipeline.republish();
    },
  );
  const pipeline = createPipeline({
    window,
    store,
    alerts,
    publisher,
    runtimeStatus: createRuntimeStatus({
      clock,
      scheduler: () => scheduler,
      pause,
      store,
      alerts,
      ports: () => servers?.ports ?? noPorts,
      board,
    }),
    onStoreFailure: (error) =>
      logger.warn('A tick could not be stored; it is kept for later', { error: error.message }),
  });

  const loadRouter = createRouterLoader({
    clock,
    logger,
    about: () => aboutThisRun({ ...options, startedAt }),
    settings,
    secrets,
    store,
    window,
    publisher,
    board,
    pause,
    scheduler: () => scheduler,
    targets,
    processes: { processTable: processes.table },
    alerting,
    annotations,
    doctor,
    messages,
    republish: () => pipeline.republish(),
  });

  await lifecycle.start([
    { name: 'store', stop: () => store.close() },
    { name: 'annotations', start: annotations.start, stop: annotations.stop },
    { name: 'alerts', stop: () => alerting.stop() },
    {
      name: 'sampling',
      start: () => {
        scheduler = createScheduler({
          clock,
          sources: [
            ...createCollectors(collectorDeps, processes),
            storeSource(() => store.status()),
            diskFullForecast(store),
            ...reporting.sources,
            ...targets.sources,
          ],
          onBatch: pipeline.accept,
          onError: (error) => logger.error('A tick failed', { error }),
          uptimeSeconds: uptime,
          ...(store.newestAt !== undefined && { after: store.newestAt }),
        });
        watched.refresh();
        reporting.listen();
        adapting = adaptIntervals(
          clock,
          () => ({
            isOnBattery: options.isOnBattery?.() ?? isOnBattery() ?? false,
            // A server has no window; its readers are scrapers that come without being seen here.
            isWatched: options.shell === 'headless' || publisher.isWatched,
            ...settings.current.sampling,
          }),
          (next) => scheduler?.setIntervals(next),
        );
      },
      stop: async () => {
        adapting?.[Symbol.dispose]();
        heap[Symbol.dispose]();
        await scheduler?.close();
        await targets.close();
        await reporting.close();
      },
    },
    {
      name: 'http',
      start: async () => {
        const { dashboardPort, prometheusPort } = settings.current.http;
        servers = await startHttpServers({
          clock,
          logger,
          live: publisher,
          series: () => window.series(),
          loadRouter,
          token,
          staticDir: join(projectRoot(), 'out', 'renderer'),
          settings: () => settings.current.http,
          reports: reporting,
          ports: { dashboard: options.apiPort ?? dashboardPort, prometheus: options.metricsPort ?? prometheusPort },
        });
      },
      stop: () => servers?.close(),
    },
    {
      name: 'doctor',
      start: async () => {
        const leftovers = await doctor.start();
        for (const leftover of leftovers.filter(({ end }) => end !== 'kept-newer'))
          logger.warn(describeLeftover(leftover), { end: leftover.end });
        board.add(noticesOfLeftovers(leftovers, clock.now()));
        backups = startBackupSchedule({
          clock,
          doctor,
          settings: () => settings.current.doctor.backups,
          databases: () => watchedDatabases(settings.current.targets.list),
        });
      },
      stop: async () => {
        backups?.[Symbol.dispose]();
        await doctor.close();
      },
    },
    {
      name: 'demo',
      start: () => {
        const { apiUrl } = addressesOf(servers?.ports ?? noPorts);
        if (!options.isDemo || apiUrl === null) return;
        demo = startDemo({
          folder: paths.demo,
          eventsUrl: `${apiUrl}/api/events`,
          clock,
          startProcess: options.startProcess ?? forkNodeProcess,
        });
      },
      stop: () => demo?.stop(),
    },
  ]);
  logger.info('The monitor runs', { version: options.version, dataDir, pid: process.pid });

  return {
    live: publisher,
    settings,
    messages,
    loadRouter,
    ports: servers?.ports ?? noPorts,
    addresses: addressesOf(servers?.ports ?? noPorts, { token: token.current, now: clock.now() }),
    pause: pause.pause,
    resume: pause.resume,
    stop: async () => {
      pause[Symbol.dispose]();
      await lifecycle.stop();
    },
  };
}

function storeNotices(
  { recoveryLevel, message, values }: ReturnType<Awaited<ReturnType<typeof openStore>>['status']>,
  at: number,
): AppNotice[] {
  return message === undefined
    ? []
    : [{ kind: `store-${recoveryLevel}`, message, ...(values !== undefined && { values }), at }];
}
