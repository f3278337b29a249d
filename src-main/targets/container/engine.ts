/** Docker's and Podman's engine over its socket: what runs, and what each uses. Only asks; nothing is changed. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { environment } from '../../platform/environment.ts';
import { request } from '../../platform/node-http.ts';

const listSchema = z.array(
  z.object({
    Id: z.string(),
    Names: z.array(z.string()).default([]),
    Image: z.string().default(''),
    State: z.string().default(''),
    Status: z.string().default(''),
  }),
);
const inspectSchema = z.object({
  RestartCount: z.number().optional(),
  State: z.object({
    Status: z.string().default(''),
    ExitCode: z.number().optional(),
    OOMKilled: z.boolean().optional(),
    Health: z.object({ Status: z.string().default('') }).nullish(),
  }),
});
const statsSchema = z.object({
  cpu_stats: z.object({ cpu_usage: z.object({ total_usage: z.number() }).optional() }).optional(),
  memory_stats: z
    .object({
      usage: z.number().optional(),
      limit: z.number().optional(),
      stats: z.record(z.string(), z.number()).nullish(),
    })
    .optional(),
});

export interface ContainerFigures {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  /** `healthy`, `unhealthy`, `starting`; undefined where it has no check. */
  readonly health?: string;
  readonly exitCode?: number;
  readonly wasOutOfMemory: boolean;
  readonly restarts?: number;
  /** Since it began, s. */
  readonly cpuSeconds?: number;
  /** Without its file cache. */
  readonly memoryBytes?: number;
  readonly memoryLimitBytes?: number;
}

/** Where engines listen when nobody says otherwise; the first that is there. */
export function findSocket(platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32') return '//./pipe/docker_engine';
  const host = environment('DOCKER_HOST') ?? '';
  const runtime = environment('XDG_RUNTIME_DIR');
  const home = environment('HOME');
  const places = [
    ...(host.startsWith('unix://') ? [host.slice('unix://'.length)] : []),
    '/var/run/docker.sock',
    '/run/podman/podman.sock',
    ...(runtime === undefined ? [] : [`${runtime}/docker.sock`, `${runtime}/podman/podman.sock`]),
    ...(home === undefined ? [] : [`${home}/.docker/run/docker.sock`]),
  ];
  return places.find((path) => existsSync(path));
}

const maxBytes = 4 * 1_048_576;
/** Each is asked twice; an engine with thousands would be kept busy by us. */
export const maxContainers = 100;

/**
 * @returns what runs or has run, at most `maxContainers` of those wanted; rejects with the system's code or `ENGINE`
 */
export async function readContainers(
  socketPath: string,
  isWanted: (name: string) => boolean,
  signal: AbortSignal,
): Promise<{ readonly containers: readonly ContainerFigures[]; readonly found: number }> {
  const all = listSchema.parse(await ask(socketPath, '/containers/json?all=1', signal));
  const wanted = all
    .map((one) => ({ ...one, name: (one.Names[0] ?? one.Id.slice(0, 12)).replace(/^\//, '') }))
    .filter(({ name }) => isWanted(name));
  const containers: ContainerFigures[] = [];
  for (const { Id: id, name, State: state } of wanted.slice(0, maxContainers))
    containers.push(await readOne(socketPath, id, name, state, signal));
  return { containers, found: wanted.length };
}

async function readOne(
  socketPath: string,
  id: string,
  name: string,
  listed: string,
  signal: AbortSignal,
): Promise<ContainerFigures> {
  const path = `/containers/${encodeURIComponent(id)}`;
  const inspected = inspectSchema.safeParse(await ask(socketPath, `${path}/json`, signal).catch(giveUpIf(signal)));
  const details = inspected.success ? inspected.data : undefined;
  const state = (details?.State.Status || listed).toLowerCase();
  const health = details?.State.Health?.Status;
  const stats =
    state === 'running'
      ? statsSchema.safeParse(
          await ask(socketPath, `${path}/stats?stream=false&one-shot=true`, signal).catch(giveUpIf(signal)),
        )
      : undefined;
  const cpu = stats?.data?.cpu_stats?.cpu_usage?.total_usage;
  const memory = stats?.data?.memory_stats;
  const cache = memory?.stats?.inactive_file ?? memory?.stats?.total_inactive_file ?? memory?.stats?.cache ?? 0;
  const exitCode = details?.State.ExitCode;
  return {
    id,
    name,
    state,
    wasOutOfMemory: details?.State.OOMKilled === true,
    ...(health !== undefined && health !== '' && health !== 'none' && { health }),
    ...(exitCode !== undefined && { exitCode }),
    ...(details?.RestartCount !== undefined && { restarts: details.RestartCount }),
    ...(cpu !== undefined && { cpuSeconds: cpu / 1e9 }),
    ...(memory?.usage !== undefined && { memoryBytes: Math.max(0, memory.usage - cache) }),
    ...(memory?.limit !== undefined && memory.limit > 0 && { memoryLimitBytes: memory.limit }),
  };
}

/** One that went between two questions has no figures; a look that is over ends. */
const giveUpIf =
  (signal: AbortSignal) =>
  (error: unknown): undefined => {
    if (signal.aborted) throw error;
    return undefined;
  };

function ask(socketPath: string, path: string, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, path, signal, agent: false, headers: { host: 'localhost' } }, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > maxBytes) response.destroy(new Error('Its answer is too long'));
      });
      response.once('error', reject);
      response.once('end', () => {
        const status = response.statusCode ?? 0;
        const text = Buffer.concat(chunks).toString('utf8');
        if (status !== 200) return reject(engineError(`it answers with status ${status}`));
        try {
          resolve(JSON.parse(text));
        } catch {
          reject(engineError('its answer is not JSON'));
        }
      });
    });
    outgoing.once('error', reject);
    outgoing.once('upgrade', (_, upgraded) => {
      upgraded.destroy();
      reject(engineError('it answers in another protocol'));
    });
    outgoing.end();
  });
}

const engineError = (message: string): Error => Object.assign(new Error(message), { code: 'ENGINE' });
