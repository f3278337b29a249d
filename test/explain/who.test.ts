import { describe, expect, it } from 'vitest';
import { identifyProcess } from '../../src-main/explain/who/identify-process.ts';

const label = (name: string, command: string | null = null): string => identifyProcess({ name, command }).label;

describe('what a person calls a process', () => {
  it.each([
    ['node', 'node /home/a/shop/node_modules/.bin/vite build --mode production', 'vite build'],
    ['node', 'node --max-old-space-size=4096 -r ts-node/register ./src/server.ts', 'server.ts'],
    ['node', 'node /srv/shop/dist/server.js', 'shop/server.js'],
    ['node', 'node /usr/lib/node_modules/npm/bin/npm-cli.js run build:all', 'npm run build:all'],
    ['node', '/usr/share/code/code /home/a/p/node_modules/typescript/lib/tsserver.js', 'Visual Studio Code'],
    ['node', 'node /a/node_modules/typescript/lib/tsserver.js --useInferredProjectPerProjectRoot', 'tsserver'],
    ['node', 'node -e while(true);', 'node (inline script)'],
    ['node', 'node', 'node'],
    ['deno', 'deno run --allow-all', 'deno run'],
    ['bun', 'bun run build.ts', 'bun run build.ts'],
    ['python3.12', '/opt/venv/bin/python3.12 -X dev hexagonal_kb.py', 'hexagonal_kb.py'],
    ['python', 'python -m http.server 8000', 'http.server'],
    ['python', 'python manage.py runserver 0.0.0.0:8000', 'manage.py runserver'],
    ['gunicorn', '/usr/bin/python3 /usr/local/bin/gunicorn shop.wsgi', 'gunicorn'],
    ['java', 'java -Xmx1g -jar /opt/jenkins.war --httpPort=8080', 'jenkins.war'],
    ['dotnet', 'dotnet /srv/Shop.Api.dll', 'Shop.Api.dll'],
    ['bash', '/bin/bash /root/backup.sh --key secret', 'backup.sh'],
    ['php-fpm', 'php-fpm: pool www', 'php-fpm'],
    ['postgres', 'postgres: checkpointer ', 'postgres: checkpointer'],
    ['postgres', 'postgres: anna shop 127.0.0.1(5012) SELECT', 'postgres'],
    ['nginx', 'nginx: worker process', 'nginx: worker process'],
    [
      'Google Chrome He',
      '/Applications/Google Chrome.app/Contents/Frameworks/H.app/Contents/MacOS/H --type=gpu',
      'Google Chrome',
    ],
    [
      'node.exe',
      '"C:\\Program Files\\nodejs\\node.exe" "C:\\p q\\node_modules\\webpack\\bin\\webpack.js" serve',
      'webpack serve',
    ],
    ['Code.exe', 'C:\\Users\\a\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe', 'Visual Studio Code'],
    ['node', 'node\0node_modules/vite/bin/vite.js\0build\0', 'vite build'],
    [
      'chromium',
      '/usr/lib/chromium/chromium --type=renderer --user-data-dir=/tmp/a/secret-profile --no-sandbox\0\0',
      'Chromium',
    ],
    ['npm install', 'npm install https://anna:secret@example.org/x.tgz\0\0', 'npm install'],
    ['npm ci', 'npm ci\0', 'npm ci'],
    ['sshd', 'sshd: anna@pts/0 secret\0', 'sshd'],
    ['My App', '/opt/My Apps/My App\0', 'My App'],
    ['clickhouse', '/dev/fd/3 --secret\0', 'clickhouse'],
    ['bash', '/bin/bash\0/dev/fd/3\0', 'bash'],
    ['python3', 'python3\0-\0secret\0', 'python3'],
    ['kworker/u8:2', null, 'kworker/u8:2'],
    ['svchost.exe', null, 'svchost'],
  ])('%s with %s', (name, command, expected) => expect(label(name, command)).toBe(expected));

  it('lets no other word of a command line out', () => {
    const secrets = ['hunter2', 'sk-abc123', 'anna@example.org', 'password', '/home/anna/private.txt'];
    const programs = [
      'node /a/node_modules/.bin/tool',
      'python3 -m tool',
      '/usr/bin/mysql',
      'java -jar tool.jar',
      'bash tool.sh',
    ];
    for (const program of programs)
      for (const secret of secrets)
        for (const argument of [secret, `--token ${secret}`, `--token=${secret}`, `run ${secret}`])
          expect(label('tool', `${program} ${argument}`)).not.toContain(secret);
  });

  it('stands still on odd command lines', () => {
    for (const command of ['', '\0', ' ', '"', "node '", '-', 'python3 -m', 'java -jar', `node ${'x'.repeat(100_000)}`])
      expect(label('odd', command)).toBeTypeOf('string');
  });
});
