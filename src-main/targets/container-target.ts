/** Containers of Docker or Podman: whether they run, are healthy, start again and again, and what they use. */
import type { TargetFinding } from '../contract/targets.ts';
import type { SampleSink } from '../sampling/source.ts';
import { type ContainerFigures, findSocket, maxContainers, readContainers } from './container/engine.ts';
import { targetCounter, targetGauge } from './target-metrics.ts';
import { finding, type TargetType } from './target-type.ts';

const labels = ['container'];
const running = targetGauge(
  'container_target_running',
  { en: 'Container runs', de: 'Container läuft' },
  { en: 'Whether this container runs (1) or not (0).', de: 'Ob dieser Container läuft (1) oder nicht (0).' },
  'count',
  labels,
);
const healthy = targetGauge(
  'container_target_healthy',
  { en: 'Container healthy', de: 'Container gesund' },
  {
    en: "Whether the container's own check succeeds (1) or not (0); absent without one, and while it starts.",
    de: 'Ob die eigene Prüfung des Containers gelingt (1) oder nicht (0); fehlt ohne eine, und während er startet.',
  },
  'count',
  labels,
);
const cpu = targetCounter(
  'container_target_cpu_seconds_total',
  { en: 'CPU time of the container', de: 'CPU-Zeit des Containers' },
  { en: 'CPU time that the container has used.', de: 'CPU-Zeit, die der Container verbraucht hat.' },
  'seconds',
  labels,
);
const memory = targetGauge(
  'container_target_memory_bytes',
  { en: 'Memory of the container', de: 'Speicher des Containers' },
  { en: 'Memory that it uses, without its file cache.', de: 'Speicher, den er nutzt, ohne seinen Datei-Cache.' },
  'bytes',
  labels,
);
const memoryLimit = targetGauge(
  'container_target_memory_limit_bytes',
  { en: "Limit of the container's memory", de: 'Speichergrenze des Containers' },
  { en: 'Memory that it may use.', de: 'Speicher, den er nutzen darf.' },
  'bytes',
  labels,
);
const restarts = targetCounter(
  'container_target_restarts_total',
  { en: 'Restarts of the container', de: 'Neustarts des Containers' },
  { en: 'Times that the engine started it again.', de: 'Wie oft die Engine ihn neu gestartet hat.' },
  'count',
  labels,
);

export const containerTarget: TargetType<'container'> = {
  kind: 'container',
  metrics: [running, healthy, cpu, memory, memoryLimit, restarts],
  interval: () => 'slow',
  timeoutMs: ({ timeoutSeconds }) => (timeoutSeconds + 1) * 1_000,
  open: ({ id, name, socket, timeoutSeconds }, { clock, platform }) => ({
    async look(sink, { signal }) {
      const path = socket !== '' ? socket : findSocket(platform);
      if (path === undefined) return finding('down', 'no-engine', 'No engine of Docker or Podman listens here');
      const abort = new AbortController();
      const giveUp = (): void => abort.abort();
      using _ = clock.after(timeoutSeconds * 1_000, giveUp);
      signal.addEventListener('abort', giveUp, { once: true });
      try {
        const { containers, found } = await readContainers(path, nameMatcher(name), abort.signal);
        for (const one of containers) emitFigures(sink, id, one);
        return judge(name, containers, found);
      } catch (error) {
        return abort.signal.aborted
          ? finding('down', 'timed-out', `The engine did not answer within ${timeoutSeconds} s`)
          : troubleOf(error as NodeJS.ErrnoException, path);
      } finally {
        signal.removeEventListener('abort', giveUp);
      }
    },
  }),
};

function emitFigures(sink: SampleSink, target: string, one: ContainerFigures): void {
  const of = { target, container: one.name };
  sink.sample(running, one.state === 'running' ? 1 : 0, of);
  if (one.health === 'healthy' || one.health === 'unhealthy')
    sink.sample(healthy, one.health === 'healthy' ? 1 : 0, of);
  sink.sample(cpu, one.cpuSeconds, of);
  sink.sample(memory, one.memoryBytes, of);
  sink.sample(memoryLimit, one.memoryLimitBytes, of);
  sink.sample(restarts, one.restarts, of);
}

function judge(name: string, containers: readonly ContainerFigures[], found: number): TargetFinding {
  const facts = containers.slice(0, 20).map((one) => ({
    name: 'container',
    value: `${one.name}: ${one.health ?? one.state}`,
  }));
  if (containers.length === 0 && name !== '')
    return finding('down', 'no-container', `There is no container called ${name}`, facts, { name });
  const restarting = containers.find(({ state }) => state === 'restarting');
  if (restarting !== undefined)
    return finding('wrong', 'container-restarting', `${restarting.name} starts again and again`, facts, {
      name: restarting.name,
    });
  const sick = containers.find(({ health }) => health === 'unhealthy');
  if (sick !== undefined)
    return finding('wrong', 'container-unhealthy', `${sick.name} is not healthy`, facts, { name: sick.name });
  // Of all that there are, those that ended are no trouble: only who is named is to run.
  const stopped = containers.find(
    ({ state, exitCode, wasOutOfMemory }) =>
      state !== 'running' && (name !== '' || wasOutOfMemory || state === 'dead' || (exitCode ?? 0) > 128),
  );
  if (stopped !== undefined)
    return finding(
      name === '' ? 'wrong' : 'down',
      stopped.wasOutOfMemory ? 'container-out-of-memory' : 'container-stopped',
      `${stopped.name} does not run (${stopped.state}, exit code ${stopped.exitCode ?? '?'})`,
      facts,
      { name: stopped.name, status: String(stopped.exitCode ?? '?') },
    );
  if (found > maxContainers)
    return finding('wrong', 'too-many-containers', `${found} containers; ${maxContainers} are watched`, facts, {
      count: found,
      limit: maxContainers,
    });
  return finding('up', 'ok', `${containers.length} containers`, facts);
}

function troubleOf({ code = '', message }: NodeJS.ErrnoException, path: string): TargetFinding {
  if (code === 'ENOENT' || code === 'ECONNREFUSED')
    return finding('down', 'no-engine', `The engine does not run: nothing listens at ${path}`);
  if (code === 'EACCES' || code === 'EPERM')
    return finding('unknown', 'engine-not-allowed', `This user may not use ${path}`, [], { path });
  return finding('unknown', 'failed', `The engine at ${path} can't be understood: ${message}`, [], { detail: message });
}

function nameMatcher(name: string): (container: string) => boolean {
  if (name === '') return () => true;
  return name.endsWith('*')
    ? (container) => container.startsWith(name.slice(0, -1))
    : (container) => container === name;
}
