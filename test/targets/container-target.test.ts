import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openTarget } from '../support/target.ts';
import { temporaryFolder } from '../support/temporary.ts';

interface Given {
  readonly name: string;
  readonly state: string;
  readonly health?: string;
  readonly exit?: number;
  readonly oom?: boolean;
  readonly restarts?: number;
}

/** Answers on a socket in the shapes of Docker's API 1.45 (fields that are not looked at left out). */
async function engine(
  containers: readonly Given[],
  answer?: (request: IncomingMessage) => 'hang' | number | undefined,
) {
  const path = join(temporaryFolder(), 'docker.sock');
  const server = createServer((request, response) => {
    const other = answer?.(request);
    if (other === 'hang') return;
    if (other !== undefined) return void response.writeHead(other).end('{"message":"no"}');
    const url = request.url ?? '';
    const one = containers.find(({ name }) => url.startsWith(`/containers/id-${name}/`));
    const body =
      one === undefined
        ? containers.map(({ name, state }) => ({
            Id: `id-${name}`,
            Names: [`/${name}`],
            Image: 'x',
            State: state,
            Status: 'Up',
            Ports: [],
          }))
        : url.includes('/stats')
          ? {
              cpu_stats: { cpu_usage: { total_usage: 2_500_000_000 } },
              memory_stats: { usage: 300_000, limit: 1_000_000, stats: { inactive_file: 100_000 } },
            }
          : {
              RestartCount: one.restarts ?? 0,
              State: {
                Status: one.state,
                ExitCode: one.exit ?? 0,
                OOMKilled: one.oom ?? false,
                ...(one.health && { Health: { Status: one.health } }),
              },
            };
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return path;
}
const look = async (socket: string, settings: object = {}) => {
  await using target = openTarget({ kind: 'container', socket, ...settings });
  return target.look();
};

describe('a container target', () => {
  it('has what each uses, and is up while they run', async () => {
    const socket = await engine([
      { name: 'web-1', state: 'running', health: 'healthy', restarts: 3 },
      { name: 'job', state: 'exited' },
    ]);
    const { finding, values } = await look(socket);
    expect(finding).toMatchObject({ state: 'up', kind: 'ok' });
    const of = '{target="x",container="web-1"}';
    expect(values).toMatchObject({
      [`container_target_running${of}`]: 1,
      [`container_target_healthy${of}`]: 1,
      [`container_target_cpu_seconds_total${of}`]: 2.5,
      [`container_target_memory_bytes${of}`]: 200_000,
      [`container_target_memory_limit_bytes${of}`]: 1_000_000,
      [`container_target_restarts_total${of}`]: 3,
      'container_target_running{target="x",container="job"}': 0,
    });
    expect(values['container_target_memory_bytes{target="x",container="job"}']).toBeUndefined();
  });

  it.each([
    [{ name: 'web-1', state: 'running', health: 'unhealthy' }, '', 'wrong', 'container-unhealthy'],
    [{ name: 'web-1', state: 'restarting' }, '', 'wrong', 'container-restarting'],
    [{ name: 'web-1', state: 'exited', exit: 137, oom: true }, '', 'wrong', 'container-out-of-memory'],
    [{ name: 'web-1', state: 'exited', exit: 0 }, '', 'up', 'ok'],
    [{ name: 'web-1', state: 'exited', exit: 1 }, 'web-1', 'down', 'container-stopped'],
    [{ name: 'web-1', state: 'running', health: 'starting' }, 'web-*', 'up', 'ok'],
    [{ name: 'web-1', state: 'running' }, 'db', 'down', 'no-container'],
  ] as const)('finds of %j, asked for "%s": %s, %s', async (given, name, state, kind) => {
    expect((await look(await engine([given]), { name })).finding).toMatchObject({ state, kind });
  });

  it('says that no engine runs, that it does not answer, and that it says nothing sensible', async () => {
    expect((await look(join(temporaryFolder(), 'none.sock'))).finding).toMatchObject({
      state: 'down',
      kind: 'no-engine',
    });
    const silent = await engine([], () => 'hang');
    expect((await look(silent, { timeoutSeconds: 0.3 })).finding).toMatchObject({ state: 'down', kind: 'timed-out' });
    expect((await look(await engine([], () => 500))).finding).toMatchObject({ state: 'unknown', kind: 'failed' });
  });

  it('leaves out what goes away between two questions', async () => {
    const socket = await engine([{ name: 'a', state: 'running' }], ({ url }) =>
      url?.includes('id-a') ? 404 : undefined,
    );
    const { finding, values } = await look(socket);
    expect(finding.state).toBe('up');
    expect(values['container_target_memory_bytes{target="x",container="a"}']).toBeUndefined();
  });
});
