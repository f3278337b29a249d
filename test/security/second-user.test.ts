/**
 * What another user of this machine gets of a monitor that runs as somebody else: nothing. And what stops it: SIGTERM,
 * in every state.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Headless, runHeadless, startHeadless } from '../support/headless.ts';
import { temporaryFolder } from '../support/temporary.ts';

const nobody = 65_534;
const canBeNobody =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('setpriv', [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', 'true']).status === 0;
if (!canBeNobody) console.log('skipped: only root on Linux with setpriv can act as a second user');

/** What a command prints when another user runs it; its code where it fails. */
function asNobody(program: string, ...args: readonly string[]): { readonly code: number; readonly output: string } {
  const as = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', program, ...args];
  const { status, stdout, stderr } = spawnSync('setpriv', as, { encoding: 'utf8', timeout: 20_000 });
  return { code: status ?? -1, output: `${stdout}${stderr}` };
}

async function start(more: Parameters<typeof startHeadless>[0] = {}): Promise<Headless> {
  const monitor = await startHeadless(more);
  onTestFinished(() => void monitor.process.kill('SIGKILL'));
  return monitor;
}

describe.skipIf(!canBeNobody)('a second user', () => {
  it('reads no file of the data directory, changes none, and gets no secret from the process list', async () => {
    const { dataDir, token, process: child } = await start();
    for (const name of readdirSync(dataDir)) {
      expect(asNobody('cat', join(dataDir, name)).code, name).not.toBe(0);
      expect(asNobody('cp', '/etc/hostname', join(dataDir, name)).code, name).not.toBe(0);
    }
    expect(asNobody('ls', dataDir).code).not.toBe(0);
    expect(asNobody('ln', '-s', '/etc/hostname', join(dataDir, 'planted')).code).not.toBe(0);
    expect(asNobody('ps', '-eo', 'args').output).not.toContain(token);
    expect(asNobody('cat', `/proc/${child.pid}/environ`).code).not.toBe(0);
  });

  it('is signed in by nothing that it can see or make', async () => {
    const { api, dataDir } = await start();
    const ask = (path: string, body: string): string =>
      asNobody(
        'curl',
        '-s',
        '-o',
        '/dev/null',
        '-w',
        '%{http_code}',
        '-H',
        'Content-Type: application/json',
        '-d',
        body,
        `${api}${path}`,
      ).output;
    if (asNobody('curl', '--version').code !== 0) return console.log('skipped: there is no curl');
    for (const path of ['/rpc/monitor/about', '/api/token/renew', '/api/session/end'])
      expect(ask(path, '{}')).toBe('401');
    expect(ask('/api/session', '{"code":"guess"}')).toBe('401');
    const { code } = await runHeadless(['open', '--print', '--data-dir', dataDir]);
    expect(code).toBe(0);
  });

  it('whose folder it is keeps root from starting in it', async () => {
    const folder = join(temporaryFolder(), 'theirs');
    mkdirSync(folder, { mode: 0o777 });
    execFileSync('chown', [String(nobody), folder]);
    writeFileSync(join(folder, 'token'), `${'a'.repeat(43)}\n`);
    const { code, stderr } = await runHeadless(['--data-dir', folder]);
    expect(code).toBe(1);
    expect(stderr).toContain('belongs to another user');
  });
});

describe('SIGTERM ends the monitor within five seconds', () => {
  const limitMs = 5_000;
  async function ends(monitor: Headless): Promise<void> {
    const exit = once(monitor.process, 'exit');
    const began = performance.now();
    monitor.process.kill('SIGTERM');
    const [code] = await Promise.race([
      exit,
      new Promise<[string]>((resolve) => setTimeout(() => resolve(['still there']), limitMs)),
    ]);
    // The limit is the promise itself, and ten times what it takes.
    expect(code).toBe(0);
    console.log(`ended after ${Math.round(performance.now() - began)} ms`);
  }
  const withTargets = async (list: readonly object[]): Promise<Headless> => {
    const dataDir = join(temporaryFolder(), 'data');
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ version: 1, targets: { list } }));
    return start({ dataDir });
  };
  const hostsOf = (pid: number | undefined): number =>
    process.platform !== 'linux'
      ? 1
      : readdirSync('/proc').filter((one) => {
          try {
            const { 1: rest = '' } = readFileSync(`/proc/${one}/stat`, 'utf8').split(') ');
            return (
              rest.split(' ')[1] === String(pid) &&
              readFileSync(`/proc/${one}/cmdline`, 'utf8').includes('process-host')
            );
          } catch {
            return false;
          }
        }).length;

  it('while it does nothing special', async () => ends(await start()));

  it('while a query has no end, and takes its process along', async () => {
    const path = join(temporaryFolder(), 'kb.db');
    new Database(path).exec('CREATE TABLE t (a)').close();
    const query = 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c';
    const monitor = await withTargets([{ kind: 'sqlite', id: 'x', title: 'x', path, query, timeoutSeconds: 60 }]);
    for (let tries = 0; hostsOf(monitor.process.pid) === 0 && tries < 100; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await ends(monitor);
    expect(hostsOf(monitor.process.pid)).toBe(0);
  });

  it('while clients hold connections in every state', async () => {
    const monitor = await start();
    const port = Number(new URL(monitor.api).port);
    const said = [
      '',
      'GET / HTTP/1.1\r\nHost: x\r\nX: ',
      `POST /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n[`,
    ];
    for (let index = 0; index < 60; index += 1) {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(said[index % 3] as string);
    }
    const stream = await fetch(`${monitor.api}/rpc/live/watch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${monitor.token}` },
      body: JSON.stringify({ json: { select: ['system_cpu_percent'] } }),
    });
    expect(stream.status).toBe(200);
    await ends(monitor);
  });

  it('while patterns are cruel and addresses never answer', async () => {
    const log = join(temporaryFolder(), 'app.log');
    writeFileSync(log, `${'a'.repeat(5_000)}!\n`);
    const monitor = await withTargets([
      { kind: 'log', id: 'l', title: 'l', path: log, patterns: [{ name: 'x', pattern: '^(a+)+$' }] },
      { kind: 'http', id: 'h', title: 'h', url: 'http://192.0.2.1/', timeoutSeconds: 60 },
      { kind: 'port', id: 'p', title: 'p', host: '192.0.2.1', port: 9, timeoutSeconds: 60 },
    ]);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await ends(monitor);
  });
});
