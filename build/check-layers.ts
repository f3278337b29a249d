/** Who may import whom, as data; run by `npm run check`. Prints each breach with its file and line and exits 1. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, normalize, relative } from 'node:path';
import { readImports } from './read-imports.ts';

/** For each folder or file of src-main: what else of src-main it may import besides itself. */
const layers: Record<string, readonly string[]> = {
  contract: [],
  platform: ['contract'],
  messages: ['contract'],
  sampling: ['contract', 'platform'],
  settings: ['contract', 'platform'],
  live: ['contract', 'platform'],
  cost: ['contract', 'platform', 'sampling'],
  collectors: ['contract', 'platform', 'sampling'],
  targets: ['contract', 'platform', 'sampling', 'workers/protocol.ts', 'workers/worker-process.ts'],
  events: ['contract', 'platform', 'sampling'],
  alerts: ['contract', 'platform', 'store/store-types.ts', 'store/records/record-types.ts'],
  notify: ['contract', 'platform', 'messages', 'store/store-types.ts', 'store/records/record-types.ts'],
  analysis: ['contract', 'platform', 'insights', 'sampling', 'store/store-types.ts', 'workers/protocol.ts'],
  doctor: ['contract', 'platform', 'workers/protocol.ts'],
  explain: ['contract'],
  processes: ['contract', 'platform'],
  incidents: ['contract'],
  insights: ['contract'],
  store: ['contract', 'platform', 'sampling/source.ts', 'workers/protocol.ts'],
  workers: ['contract', 'platform', 'store', 'doctor', 'targets', 'analysis'],
  api: ['*'],
  http: ['contract', 'platform', 'api', 'events'],
  desktop: [
    ...['contract', 'platform', 'messages', 'api', 'monitor.ts', 'notify', 'settings', 'live/live-feed.ts'],
    // The same page under the same policy, the same options and the same lock as headless.
    ...['http/static-files.ts', 'http/answers-health.ts', 'command-line/run-options.ts'],
  ],
  // Puts the parts together; nothing but `monitor.ts` imports it.
  core: ['*'],
  'monitor.ts': ['*'],
  'headless.ts': ['*'],
  'main.ts': ['contract', 'platform', 'messages', 'desktop', 'command-line/run-options.ts'],
  'command-line': ['*'],
  demo: ['contract', 'platform'],
};

/** One door each: a module and the places that may import it. */
const doors: readonly (readonly [module: RegExp, allowed: readonly string[]])[] = [
  [/^electron$/, ['main.ts', 'desktop/']],
  [/^better-sqlite3$/, ['store/', 'doctor/', 'targets/', 'workers/', 'demo/']],
  [/^systeminformation$/, ['collectors/readers/']],
  [/^(node:)?child_process$/, ['platform/']],
  [/^node:timers(\/promises)?$/, ['platform/']],
  [/^re2js$/, ['platform/']],
  // An import costs 14 MB (platform/node-http.ts says why).
  [/^(node:)?http$/, ['platform/']],
];

/** Globals with one door: time and environment come from `platform/`. */
const globals: readonly (readonly [use: RegExp, allowed: readonly string[]])[] = [
  [/\bDate\.now\(|\bperformance\.now\(|\bnew Date\(\)/, ['platform/']],
  [/(?<![.\w])(setTimeout|setInterval)\(/, ['platform/']],
  [/\bprocess\.env\b/, ['platform/', 'desktop/preload.ts']],
];

const breaches: string[] = [];
for (const folder of Object.keys(layers))
  if (!existsSync(`src-main/${folder}`)) breaches.push(`build/check-layers.ts:1 src-main/${folder} is not there`);
const within = (file: string, places: readonly string[]): boolean =>
  places.some((place) => file === place || (place.endsWith('/') && file.startsWith(place)));

for (const path of globSync('src-main/**/*.ts')) {
  const file = relative('src-main', path).replaceAll('\\', '/');
  const own = file.includes('/') ? (file.split('/')[0] as string) : file;
  const allowed = layers[own];
  if (allowed === undefined) {
    breaches.push(`${path}:1 ${own} has no place in build/check-layers.ts`);
    continue;
  }
  for (const { target, line, isType } of readImports(path)) {
    const place = `${path}:${line}`;
    if (target.startsWith('.')) {
      const resolved = normalize(`${dirname(file)}/${target}`).replaceAll('\\', '/');
      const isOwn = resolved === own || resolved.startsWith(`${own}/`);
      const isAllowed = allowed.some((one) => one === '*' || resolved === one || resolved.startsWith(`${one}/`));
      if (!isOwn && !isAllowed) breaches.push(`${place} ${own} may not import ${resolved}`);
      continue;
    }
    // Types are gone at run time.
    for (const [module, places] of isType ? [] : doors)
      if (module.test(target) && !within(file, places))
        breaches.push(`${place} only ${places.join(', ')} may import ${target}`);
    if (own === 'contract' && !/^(zod|@orpc\/contract)$/.test(target))
      breaches.push(`${place} contract imports only zod and oRPC's contract`);
  }
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    const code = line.replace(/^\s*(\/\/|\/?\*).*$/, '');
    for (const [use, places] of globals)
      if (use.test(code) && !within(file, places))
        breaches.push(`${path}:${index + 1} only ${places.join(', ')} may use ${use.exec(code)?.[0]}`);
  }
}

for (const path of globSync('src-renderer/**/*.{ts,tsx}'))
  for (const { target, line } of readImports(path))
    if (/src-main|^node:|^electron$/.test(target))
      breaches.push(`${path}:${line} the renderer imports of src-main only @contract, not ${target}`);

for (const breach of breaches) console.error(breach);
if (breaches.length > 0) process.exit(1);
