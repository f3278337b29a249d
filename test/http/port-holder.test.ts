import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  findPortHolder,
  parseLsof,
  parseNetstat,
  parseProcNetTcp,
  parseTasklist,
} from '../../src-main/http/port-holder.ts';

describe('who holds a port', () => {
  it('is read from lsof on macOS, a space in the name included', () => {
    const text =
      'COMMAND    PID USER   FD   TYPE             DEVICE SIZE/OFF NODE NAME\nControlCe  652 anna    9u  IPv4 0x8f1e      0t0  TCP *:5000 (LISTEN)\n';
    expect(parseLsof(text)).toBe('ControlCe (652)');
    expect(parseLsof('COMMAND PID USER\nAir\\x20Play 7 a\n')).toBe('Air Play (7)');
    expect(parseLsof('')).toBeUndefined();
  });

  it('is read from netstat and tasklist on Windows, in any language', () => {
    const text = [
      'Aktive Verbindungen',
      '',
      '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
      '  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN          1044',
      '  TCP    127.0.0.1:8000         127.0.0.1:51234        HERGESTELLT      999',
      '  TCP    127.0.0.1:8000         0.0.0.0:0              ABHÖREN          4312',
      '  TCP    [::1]:5000             [::]:0                 ABHÖREN          77',
    ].join('\r\n');
    expect(parseNetstat(text, 8000)).toBe(4312);
    expect(parseNetstat(text, 5000)).toBe(77);
    expect(parseNetstat(text, 80)).toBeUndefined();
    expect(parseTasklist('"python.exe","4312","Console","1","21.004 K"\r\n')).toBe('python.exe');
    expect(parseTasklist('INFO: No tasks are running which match the specified criteria.\r\n')).toBeUndefined();
  });

  it('is read from /proc/net/tcp on Linux, listening sockets only', () => {
    const text = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:1388 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 48211 1 0000000000000000 100 0 0 10 0',
      '   1: 0100007F:1388 0100007F:D2F0 01 00000000:00000000 00:00000000 00000000     0        0 48300 1 0000000000000000 20 4 30 10 -1',
    ].join('\n');
    expect(parseProcNetTcp(text, 5000)).toEqual(['48211']);
    expect(parseProcNetTcp(text, 5001)).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('finds this very process', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    expect(await findPortHolder(port)).toContain(`(${process.pid})`);
    server.close();
  });
});
