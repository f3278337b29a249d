import { hog, one, type Situation } from './situation.ts';

export const cpu: readonly Situation[] = [
  hog(
    'a build in the terminal of an editor',
    'vite build',
    {
      pid: 13_111,
      parent: 13_100,
      name: 'node',
      command: 'node /home/a/shop/node_modules/vite/bin/vite.js build',
    },
    { cores: 2 },
    [
      { pid: 13_100, parent: 13_090, name: 'sh', command: 'sh -c vite build' },
      { pid: 13_090, parent: 1120, name: 'npm run build', command: 'npm run build' },
    ],
  ),
  hog('a script of the knowledge base', 'hexagonal_kb.py', {
    pid: 2001,
    parent: 1,
    name: 'python3',
    command: '/usr/bin/python3 -u /srv/kb/hexagonal_kb.py --port 5000 --token abc',
  }),
  hog('a module of Python', 'pytest', {
    pid: 2002,
    parent: 1120,
    name: 'python3',
    command: 'python3 -m pytest -x tests',
  }),
  hog('tests of a package in NUL-separated words', 'vitest run', {
    pid: 2003,
    parent: 1120,
    name: 'node-MainThread',
    command: 'node\0/home/a/p/node_modules/.bin/vitest\0run',
  }),
  hog(
    'a jar',
    'server.jar',
    { pid: 2004, parent: 1, name: 'java', command: 'java -Xmx2g -cp lib -jar /opt/mc/server.jar nogui' },
    { cores: 8 },
  ),
  hog(
    'a main class',
    'GradleDaemon',
    {
      pid: 2005,
      parent: 1,
      name: 'java',
      command: 'java -XX:+UseG1GC -cp x org.gradle.launcher.daemon.bootstrap.GradleDaemon 8.9',
    },
    { cores: 8 },
  ),
  hog(
    'a virus scanner',
    'Microsoft Defender',
    { pid: 2006, parent: 700, name: 'MsMpEng.exe', command: null },
    { platform: 'windows' },
  ),
  hog(
    'an app of macOS',
    'Photos',
    { pid: 2007, parent: 1, name: 'Photos', command: '/System/Applications/Photos.app/Contents/MacOS/Photos' },
    { platform: 'macos' },
  ),
  hog(
    'a helper of an app of macOS',
    'Visual Studio Code',
    {
      pid: 2008,
      parent: 500,
      name: 'Code Helper (Plugin)',
      command:
        '/Applications/Visual Studio Code.app/Contents/Frameworks/Code Helper (Plugin).app/Contents/MacOS/Code Helper (Plugin) --type=utility',
    },
    { platform: 'macos' },
  ),
  hog(
    'a program without a command line',
    'ffmpeg',
    { pid: 2009, parent: 1120, name: 'ffmpeg', command: null },
    { cores: 16 },
  ),
  hog(
    'a tool with a path that has blanks',
    'next build',
    {
      pid: 2010,
      parent: 900,
      name: 'node.exe',
      command: 'C:\\Program Files\\nodejs\\node.exe C:\\a\\node_modules\\next\\dist\\bin\\next build',
    },
    { platform: 'windows', cores: 8 },
  ),
  hog(
    'a job of cron',
    'backup.sh',
    { pid: 2011, parent: 2012, name: 'backup.sh', command: '/bin/bash /root/backup.sh' },
    { cores: 2 },
    [{ pid: 2012, parent: 1300, name: 'cron', command: '/usr/sbin/CRON -f' }],
  ),
  hog(
    'a table only every ten seconds',
    'Blender',
    { pid: 2013, parent: 900, name: 'blender', command: 'blender -b scene.blend -a' },
    { tableEvery: 10, cores: 8 },
  ),
  {
    title: 'make with compilers that live for a second',
    machine: {
      seed: 7,
      cores: 8,
      extras: [
        one(15, (second, random) => [
          { pid: 3000, parent: 1120, name: 'make', command: 'make -j8', cpuCores: 0.02 },
          ...Array.from({ length: 8 }, (_, index) => ({
            pid: 3100 + second * 10 + index,
            parent: 3000,
            name: 'cc1plus',
            command: 'cc1plus -quiet a.cc',
            cpuCores: 0.9 + 0.05 * random(),
          })),
        ]),
      ],
    },
    cause: { kind: 'cpu', name: 'make', pid: 3000 },
  },
  {
    title: 'a browser with twenty busy tabs',
    machine: {
      seed: 8,
      platform: 'windows',
      cores: 4,
      extras: [
        one(15, (_, random) =>
          Array.from({ length: 20 }, (__, index) => ({
            pid: 4000 + index,
            parent: 1000,
            name: 'chrome.exe',
            command: '"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe" --type=renderer',
            cpuCores: 0.18 + 0.01 * random(),
          })),
        ),
      ],
    },
    cause: { kind: 'cpu', name: 'Google Chrome' },
  },
  {
    title: 'twelve workers of one name that nothing holds together',
    machine: {
      seed: 9,
      cores: 12,
      extras: [
        one(10, (_, random) =>
          Array.from({ length: 12 }, (__, index) => ({
            pid: 5000 + index * 3,
            parent: 1,
            name: 'worker',
            command: '/srv/worker',
            cpuCores: 0.92 + 0.05 * random(),
          })),
        ),
      ],
    },
    cause: { kind: 'cpu', name: 'worker' },
  },
  {
    title: 'many different programs, none of them most',
    machine: {
      seed: 10,
      cores: 4,
      extras: [
        one(10, () =>
          Array.from({ length: 20 }, (_, index) => ({
            pid: 6000 + index,
            parent: 1,
            name: `job-${index}`,
            command: `/opt/job-${index}`,
            cpuCores: 0.19,
          })),
        ),
      ],
    },
    cause: { kind: 'cpu', name: null },
  },
  {
    title: 'the host takes the processors away',
    machine: {
      seed: 11,
      extras: [{ from: 20, values: () => ({ 'cpu_mode_ratio{mode="steal"}': 0.6, system_cpu_percent: 92 }) }],
    },
    cause: { kind: 'cpu', name: 'host' },
  },
  {
    title: 'a build that ended within the span',
    machine: {
      seed: 12,
      cores: 4,
      seconds: 120,
      extras: [
        one(
          20,
          () => [{ pid: 7000, parent: 1120, name: 'cargo', command: 'cargo build --release', cpuCores: 3.9 }],
          70,
        ),
      ],
    },
    cause: { kind: 'cpu', name: 'cargo', pid: 7000 },
  },
];
