import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { watchProcesses } from '../../src-main/collectors/processes.ts';
import { isCalled } from '../../src-main/collectors/readers/process-match.ts';
import { systemClock } from '../../src-main/platform/clock.ts';
import { runOnce } from '../support/run-once.ts';
import { temporaryFolder } from '../support/temporary.ts';

const called = (wanted: string, name: string, ...words: string[]) => isCalled(wanted, { name, words: () => words });

describe('a process is called', () => {
  it.each([
    ['nginx', 'nginx', ['nginx: master process /usr/sbin/nginx -g daemon on;']],
    ['nginx: worker process', 'nginx', ['nginx: worker process']],
    ['postgres: checkpointer', 'postgres', ['postgres: checkpointer ']],
    ['postgres: app db', 'postgres', ['postgres: app db 127.0.0.1(4000) idle']],
    ['svc.py', 'python3.13', ['/usr/bin/python3.13', '-u', '/opt/svc.py', '--port', '8080']],
    ['/opt/svc.py', 'python3', ['python3', '/opt/svc.py']],
    ['myapp.web', 'python3', ['python3', '-m', 'myapp.web']],
    ['server.jar', 'java', ['java', '-Xmx1g', '-jar', '/srv/server.jar']],
    ['server.mjs', 'MainThread', ['node', '--enable-source-maps', './server.mjs']],
    ['backup.sh', 'backup.sh', ['/bin/bash', '/usr/local/bin/backup.sh']],
    ['prometheus-node-exporter', 'prometheus-node', ['/usr/bin/prometheus-node-exporter', '--no']],
    ['/usr/bin/prometheus-node-exporter', 'prometheus-node', ['/usr/bin/prometheus-node-exporter']],
    ['Teams.exe', 'Teams', []],
    ['teams', 'teams.exe', []],
  ] as const)('%s', (wanted, name, words) => {
    expect(called(wanted, name, ...words)).toBe(true);
  });

  it.each([
    ['svc.py', 'vim', ['vim', 'svc.py']],
    ['svc.py', 'tail', ['tail', '-f', '/var/log/svc.py']],
    ['svc.py', 'python3', ['python3', '-c', 'import svc', 'svc.py']],
    ['svc.py', 'python3', ['python3', 'other.py', 'svc.py']],
    ['postgres: check', 'postgres', ['postgres: checkpointer']],
    ['node', 'node_exporter', ['node_exporter']],
    ['prometheus-node-exporter', 'prometheus-node', ['/usr/bin/prometheus-node-other']],
    ['/usr/bin/python3', 'python3', ['/opt/venv/bin/python3']],
  ] as const)('not %s, as %s is', (wanted, name, words) => {
    expect(called(wanted, name, ...words)).toBe(false);
  });
});

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe.skipIf(process.platform !== 'linux')('processes of this machine', () => {
  it('are found by script, by title, by a name of more than 15 bytes, and by their command line', async () => {
    const folder = temporaryFolder();
    const script = join(folder, 'hakgal-svc.mjs');
    writeFileSync(script, 'process.stdout.write("up"); setInterval(() => {}, 1e6);');
    const titled = join(folder, 'titled.mjs');
    writeFileSync(
      titled,
      'process.title = "hakgal: checkpointer"; process.stdout.write("up"); setInterval(() => {}, 1e6);',
    );
    const long = join(folder, 'a-program-with-a-long-name');
    copyFileSync(process.execPath, long);
    const start = (file: string, ...words: string[]) =>
      new Promise<void>((resolve) => {
        const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'ignore'] });
        children.push(child);
        child.stdout?.once('data', () => resolve());
      });
    await start(process.execPath, script, '--port', '8081');
    await start(process.execPath, script, '--port', '8082');
    await start(process.execPath, titled);
    await start(long, script, '--port', '8083');
    const watch = watchProcesses({ platform: 'linux', clock: systemClock } as Parameters<typeof watchProcesses>[0]);
    await runOnce(watch.source, systemClock.now(), systemClock.monotonic());
    expect(watch.named('hakgal-svc.mjs')?.count).toBe(2);
    expect(watch.named('hakgal-svc.mjs', '--port 8082')?.count).toBe(1);
    expect(watch.named('hakgal: checkpointer')?.count).toBe(1);
    expect(watch.named('a-program-with-a-long-name')?.count).toBe(1);
    expect(watch.named('hakgal-nothing')?.count).toBe(0);
  });
});
