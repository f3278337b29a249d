import { spawn } from 'node:child_process';
import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { requireDebian } from '../support/peers/debian.ts';
import { openTarget } from '../support/target.ts';
import { temporaryFolder } from '../support/temporary.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as { port: number }).port;
}
const serve = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createServer(listener))}`;

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('an http target', () => {
  it('is up with its status and times', async () => {
    const url = await serve((_, response) => response.end('all is well'));
    await using target = openTarget({ kind: 'http', url, bodyContains: 'is well' });
    const { finding, values } = await target.look();
    expect(finding).toMatchObject({ state: 'up', kind: 'ok' });
    expect(values).toMatchObject({
      'http_target_status_code{target="x"}': 200,
      'http_target_body_bytes{target="x"}': 11,
      'target_up{target="x",kind="http"}': 1,
    });
    expect(values['http_target_response_seconds{target="x"}']).toBeGreaterThan(0);
  });

  it('follows redirects, and says so when they never end or lead astray', async () => {
    const url = await serve((request, response) => {
      const to = { '/a': '/b', '/loop': '/loop', '/file': 'file:///etc/passwd', '/nowhere': 'http://[' }[
        request.url ?? ''
      ];
      if (to === undefined) response.end('there');
      else response.writeHead(302, { location: to }).end();
    });
    const look = async (path: string) => {
      await using target = openTarget({ kind: 'http', url: url + path });
      return (await target.look()).finding.kind;
    };
    expect(await look('/a')).toBe('ok');
    expect(await look('/loop')).toBe('too-many-redirects');
    expect(await look('/file')).toBe('bad-redirect');
    expect(await look('/nowhere')).toBe('bad-redirect');
  });

  it('that never answers, or trickles without end, costs its timeout and no more', async () => {
    const silent = `http://127.0.0.1:${await listen(createTcpServer(() => {}))}`;
    const trickle = await serve((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    for (const url of [silent, trickle]) {
      await using target = openTarget({ kind: 'http', url, timeoutSeconds: 0.3 });
      expect((await target.look()).finding).toMatchObject({ state: 'down', kind: 'timed-out' });
    }
  });

  it('that streams without end is read for a megabyte', async () => {
    const url = await serve((_, response) => {
      const block = Buffer.alloc(65_536, 'x');
      const more = (): void => {
        while (response.write(block));
        response.once('drain', more);
      };
      more();
    });
    await using target = openTarget({ kind: 'http', url });
    expect((await target.look()).values['http_target_body_bytes{target="x"}']).toBe(1_048_576);
  });

  it.each([
    ['answers with the wrong status', { status: { from: 200, until: 204 } }, 'wrong', 'status'],
    ['does not say what it should', { status: { from: 500, until: 500 }, bodyContains: 'hello' }, 'wrong', 'body'],
  ] as const)('that %s is wrong', async (_, more, state, kind) => {
    const url = await serve((__, response) => response.writeHead(500).end('oops'));
    await using target = openTarget({ kind: 'http', url, ...more });
    expect((await target.look()).finding).toMatchObject({ state, kind });
  });

  it('says why when it is down', async () => {
    const look = async (url: string) => {
      await using target = openTarget({ kind: 'http', url });
      return (await target.look()).finding.kind;
    };
    expect(await look(`http://127.0.0.1:${await freePort()}`)).toBe('refused');
    const garbage = await listen(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')));
    expect(await look(`http://127.0.0.1:${garbage}`)).toBe('not-http');
  });
});

describe('a port target', () => {
  it('is up while someone listens and down when nobody does', async () => {
    const port = await listen(createTcpServer());
    await using up = openTarget({ kind: 'port', port });
    const { finding, values } = await up.look();
    expect(finding.state).toBe('up');
    expect(values['port_target_connect_seconds{target="x"}']).toBeGreaterThan(0);
    await using down = openTarget({ kind: 'port', port: await freePort() });
    expect((await down.look()).finding).toMatchObject({ state: 'down', kind: 'refused' });
  });
});

describe('a process target', () => {
  it('goes by how many run', async () => {
    const processes = { count: 2, cpu: 0.5, memoryBytes: 1_000 };
    await using enough = openTarget({ kind: 'process', name: 'node', atLeast: 2 }, { processes });
    expect(await enough.look()).toMatchObject({
      finding: { state: 'up' },
      values: { 'process_target_instances{target="x"}': 2, 'process_target_cpu_cores_ratio{target="x"}': 0.5 },
    });
    await using few = openTarget({ kind: 'process', name: 'node', atLeast: 3 }, { processes });
    expect((await few.look()).finding).toMatchObject({ state: 'wrong', kind: 'too-few' });
    await using none = openTarget(
      { kind: 'process', name: 'node' },
      { processes: { count: 0, cpu: 0, memoryBytes: 0 } },
    );
    expect((await none.look()).finding).toMatchObject({ state: 'down', kind: 'not-running' });
    await using unknown = openTarget({ kind: 'process', name: 'node' });
    expect((await unknown.look()).finding.state).toBe('unknown');
  });
});

describe('a log target', () => {
  const matches = 'log_target_matches_total{target="x",pattern="no such table"}';
  const bad = 'sqlite3.OperationalError: no such table: audit_log\n';

  it('counts new lines only, each once, and whole ones only', async () => {
    const path = join(temporaryFolder(), 'app.log');
    writeFileSync(path, bad.repeat(5));
    await using target = openTarget({ kind: 'log', path });
    expect((await target.look()).values[matches]).toBe(0);
    appendFileSync(path, `fine\n${bad}NO SUCH TABLE: x\nhalf a line with no such`);
    expect((await target.look()).values).toMatchObject({ [matches]: 2, 'log_target_lines_total{target="x"}': 3 });
    appendFileSync(path, ' table\n');
    expect((await target.look()).values[matches]).toBe(3);
  });

  it('goes on after rotation and truncation', async () => {
    const path = join(temporaryFolder(), 'app.log');
    writeFileSync(path, 'old\n');
    await using target = openTarget({ kind: 'log', path });
    await target.look();
    renameSync(path, `${path}.1`);
    expect((await target.look()).finding).toMatchObject({ state: 'down', kind: 'missing' });
    writeFileSync(path, bad.repeat(2));
    expect((await target.look()).values[matches]).toBe(2);
    truncateSync(path, 0);
    appendFileSync(path, bad);
    expect((await target.look()).values).toMatchObject({ [matches]: 3, 'log_target_rotations_total{target="x"}': 2 });
  });

  it('resumes after a restart where it stopped', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'app.log');
    const memoryPath = join(folder, 'targets.json');
    writeFileSync(path, 'begin\n');
    {
      await using target = openTarget({ kind: 'log', path }, { memoryPath });
      await target.look();
    }
    appendFileSync(path, bad.repeat(7));
    await using target = openTarget({ kind: 'log', path }, { memoryPath });
    expect((await target.look()).values[matches]).toBe(7);
  });

  it('leaves out the beginning of what comes by the gigabyte, and says how much', async () => {
    const path = join(temporaryFolder(), 'app.log');
    writeFileSync(path, '');
    await using target = openTarget({ kind: 'log', path });
    await target.look();
    writeFileSync(path, `${'x'.repeat(99)}\n`.repeat(120_000));
    const { values } = await target.look();
    expect(values['log_target_skipped_bytes_total{target="x"}']).toBe(12_000_000 - 8 * 1_048_576);
    appendFileSync(path, bad);
    expect((await target.look()).values[matches]).toBe(1);
  });

  it('passes over a line without an end', async () => {
    const path = join(temporaryFolder(), 'app.log');
    writeFileSync(path, '');
    await using target = openTarget({ kind: 'log', path });
    await target.look();
    for (let part = 0; part < 3; part += 1) {
      appendFileSync(path, 'y'.repeat(9 * 1_048_576));
      await target.look();
    }
    appendFileSync(path, `\n${bad}`);
    expect((await target.look()).values[matches]).toBe(1);
  });

  it('counts what a cruel pattern matches as fast as any other', async () => {
    const path = join(temporaryFolder(), 'app.log');
    writeFileSync(path, '');
    await using target = openTarget({ kind: 'log', path, patterns: [{ name: 'cruel', pattern: '^(a+)+$' }] });
    await target.look();
    // JavaScript's own matcher would try 2^40 ways on the first line.
    appendFileSync(path, `${'a'.repeat(40)}!\n${'a'.repeat(3_000)}\n`);
    const { values } = await target.look();
    expect(values['log_target_matches_total{target="x",pattern="cruel"}']).toBe(1);
  });

  it('names a pattern that can not be used, and counts the others', async () => {
    const path = join(temporaryFolder(), 'app.log');
    writeFileSync(path, '');
    const patterns = [
      { name: 'behind', pattern: '(?<=user )root' },
      { name: 'plain', pattern: 'root' },
    ];
    await using target = openTarget({ kind: 'log', path, patterns });
    await target.look();
    appendFileSync(path, 'user root\n');
    const { finding, values } = await target.look();
    expect(finding).toMatchObject({ state: 'wrong', kind: 'pattern-refused' });
    expect(finding.message).toContain('(?<=user )root');
    expect(values['log_target_matches_total{target="x",pattern="plain"}']).toBe(1);
    expect(values['log_target_matches_total{target="x",pattern="behind"}']).toBeUndefined();
  });

  it('that is a folder, or not there, says so', async () => {
    const folder = temporaryFolder();
    await using target = openTarget({ kind: 'log', path: folder });
    expect((await target.look()).finding).toMatchObject({ state: 'down', kind: 'not-a-file' });
  });
});

describe('a prometheus target', () => {
  const text = `# HELP jobs_total Jobs done.
# TYPE jobs_total counter
jobs_total{queue="a b",text="say \\"hi\\"\\n"} 12 1700000000000
# TYPE room_celsius gauge
room_celsius 21.5
# TYPE took_seconds histogram
took_seconds_bucket{le="0.1"} 3
took_seconds_bucket{le="+Inf"} 4
took_seconds_sum 1.5
took_seconds_count 4
nothing NaN
this is not a metric
`;

  it('has its counters, gauges and histograms as series of ours', async () => {
    const url = await serve((_, response) => response.end(text));
    await using target = openTarget({ kind: 'prometheus', url });
    const { finding, values } = await target.look();
    expect(finding.state).toBe('up');
    expect(values).toMatchObject({
      'scraped_jobs_total{queue="a b",target="x",text="say \\"hi\\"\\n"}': 12,
      'scraped_room_celsius{target="x"}': 21.5,
      'scraped_took_seconds_bucket{le="0.1",target="x"}': 3,
      'scraped_took_seconds_sum{target="x"}': 1.5,
      'scraped_took_seconds_count{target="x"}': 4,
      'prometheus_target_bad_lines{target="x"}': 1,
    });
  });

  it('takes only what was asked for, and no more series than allowed', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `many{n="${index}"} ${index}`).join('\n');
    const url = await serve((_, response) => response.end(`${text}${many}\n`));
    await using chosen = openTarget({ kind: 'prometheus', url, take: ['room_celsius', 'jobs*'] });
    expect((await chosen.look()).values['prometheus_target_samples{target="x"}']).toBe(2);
    await using limited = openTarget({ kind: 'prometheus', url, mostSeries: 50 });
    const { finding, values } = await limited.look();
    expect(finding).toMatchObject({ state: 'up', kind: 'cut' });
    expect(Object.keys(values).filter((key) => key.startsWith('scraped_'))).toHaveLength(49);
  });

  it('of millions of lines costs a bounded amount', async () => {
    const block = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `x{n="${index}"} 1\n`).join(''));
    const url = await serve((_, response) => {
      for (let sent = 0; sent < 100; sent += 1) response.write(block);
      response.end();
    });
    await using target = openTarget({ kind: 'prometheus', url });
    expect((await target.look()).finding).toMatchObject({ state: 'up', kind: 'cut' });
  });

  it('that answers with a page is wrong', async () => {
    const url = await serve((_, response) => response.end('<html><body>hello</body></html>'));
    await using target = openTarget({ kind: 'prometheus', url });
    expect((await target.look()).finding).toMatchObject({ state: 'wrong', kind: 'no-samples' });
  });

  it('that is a real node-exporter is scraped', async (context) => {
    const program = requireDebian('prometheus-node-exporter', 'prometheus-node-exporter');
    if ('missing' in program) return context.skip(program.missing);
    const port = await freePort();
    const exporter = spawn(program.path, [`--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' });
    closing.push(() => exporter.kill('SIGKILL'));
    await using target = openTarget({ kind: 'prometheus', url: `http://127.0.0.1:${port}/metrics`, mostSeries: 5_000 });
    let { finding, values } = await target.look();
    while (finding.kind === 'refused') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      ({ finding, values } = await target.look());
    }
    expect(finding).toMatchObject({ state: 'up', kind: 'ok' });
    expect(values['scraped_node_memory_MemTotal_bytes{target="x"}']).toBeGreaterThan(1e8);
    expect(values['prometheus_target_bad_lines{target="x"}']).toBe(0);
    expect(values['prometheus_target_samples{target="x"}']).toBeGreaterThan(300);
  });
});
