/** What an interpreter runs, by the words after its name: a package's tool, a module, a script. */
import { fileName } from './split-command.ts';

type Family = 'node' | 'python' | 'java' | 'dotnet' | 'shell' | 'script';

const families: readonly (readonly [pattern: RegExp, family: Family])[] = [
  [/^(node|nodejs|bun|deno|tsx|ts-node)$/i, 'node'],
  [/^(pythonw?|pypy)[\d.]*$/i, 'python'],
  [/^javaw?$/i, 'java'],
  [/^dotnet$/i, 'dotnet'],
  [/^(sh|bash|zsh|dash|ksh|fish)$/i, 'shell'],
  [/^(ruby|perl|php|lua|Rscript|julia|wscript|cscript)[\d.]*$/i, 'script'],
];

const familyOf = (program: string): Family | undefined => families.find(([pattern]) => pattern.test(program))?.[1];

export const isInterpreter = (program: string): boolean => familyOf(program) !== undefined;

/** Options that take the next word as their value. */
const takesValue: Readonly<Record<Family, ReadonlySet<string>>> = {
  node: new Set([
    '-r',
    '--require',
    '--import',
    '--loader',
    '--experimental-loader',
    '-C',
    '--conditions',
    '--env-file',
  ]),
  python: new Set(['-W', '-X', '--check-hash-based-pycs']),
  java: new Set([
    '-cp',
    '-classpath',
    '--class-path',
    '-p',
    '--module-path',
    '--add-opens',
    '--add-exports',
    '--add-modules',
  ]),
  dotnet: new Set(['--runtimeconfig', '--depsfile', '--additionalprobingpath']),
  shell: new Set(['-o', '--rcfile', '--init-file']),
  script: new Set(['-I', '-r', '-d', '-c']),
};

/** Undefined where nothing but the interpreter itself can be named: a shell at its prompt, `node` without a script. */
export function nameOfInterpreted(program: string, words: readonly string[]): string | undefined {
  const family = familyOf(program);
  if (family === undefined) return undefined;
  let index = 0;
  while (index < words.length) {
    const word = words[index] as string;
    if (family === 'python' && word === '-m') return moduleName(words[index + 1], words.slice(index + 2));
    if (family === 'java' && word === '-jar')
      return words[index + 1] === undefined ? undefined : fileName(words[index + 1] as string);
    if (/^(-e|-p|-c|-pe|--eval|--print)$/.test(word) && family !== 'java')
      return family === 'shell' ? undefined : `${program} (inline script)`;
    if (!word.startsWith('-') || word === '-') break;
    index += takesValue[family].has(word) ? 2 : 1;
  }
  const script = words[index];
  const rest = words.slice(index + 1);
  // What was handed over through an open file has no name.
  if (script === undefined || /^(-|\/dev\/stdin|\/(dev|proc\/\w+)\/fd\/\d+)$/.test(script)) return undefined;
  if (family === 'java') return script.split(/[./]/).at(-1);
  if (
    family === 'node' &&
    /^(deno|bun)$/i.test(program) &&
    /^(run|task|test|x)$/.test(script) &&
    rest[0] !== undefined &&
    /\.[cm]?[jt]sx?$/.test(rest[0])
  )
    return `${program} ${script} ${fileName(rest[0])}`;
  if (family === 'node' && tasks.has(script)) return withTask(program, words.slice(index));
  return scriptName(script, rest);
}

function moduleName(module: string | undefined, rest: readonly string[]): string | undefined {
  if (module === undefined) return undefined;
  return withTask(module.replace(/\.__main__$/, ''), rest);
}

/** `…/node_modules/vite/bin/vite.js build` → `vite build`; `/srv/app/hexagonal_kb.py` → `hexagonal_kb.py`. */
function scriptName(script: string, rest: readonly string[]): string {
  const path = script.replaceAll('\\', '/');
  const inPackage = /(?:^|.*\/)node_modules\/(?:\.bin\/([^/]+)|((?:@[^/]+\/)?[^/]+))/.exec(path);
  if (inPackage !== null) return withTask(toolName(inPackage[1] ?? (inPackage[2] as string), path), rest);
  const file = fileName(path);
  // Installed tools have no ending: /usr/local/bin/gunicorn.
  const isTool = !/\.\w{1,4}$/.test(file) || /^(manage\.py|artisan|rake)$/.test(file);
  const named = /^(index|main|app|server|start|__main__|cli)\.\w+$/.test(file) ? withFolder(path, file) : file;
  return isTool ? withTask(named, rest) : named;
}

/** Packages are known by the tool that they bring. */
function toolName(found: string, path: string): string {
  if (/^(npm|yarn|pnpm)$/.test(found) || found === 'corepack')
    return fileName(path)
      .replace(/-cli\.c?js$/, '')
      .replace(/\.c?js$/, '');
  const known: Readonly<Record<string, string>> = { typescript: 'tsc', '@angular/cli': 'ng', 'webpack-cli': 'webpack' };
  if (found === 'typescript' && path.includes('tsserver')) return 'tsserver';
  return known[found] ?? found.replace(/\.(c|m)?js$/, '');
}

/** `server.js` alone says nothing: `shop/server.js`. */
function withFolder(path: string, file: string): string {
  const folders = path.split('/').slice(0, -1);
  const telling = folders.findLast((one) => one !== '' && !/^(src|dist|build|out|bin|lib|\.|\.\.)$/.test(one));
  return telling === undefined ? file : `${telling}/${file}`;
}

const tasks = new Set([
  ...['build', 'bundle', 'check', 'ci', 'clean', 'compile', 'deploy', 'dev', 'generate', 'install', 'lint', 'migrate'],
  ...[
    'preview',
    'publish',
    'release',
    'run',
    'runserver',
    'serve',
    'start',
    'test',
    'typecheck',
    'update',
    'watch',
    'worker',
    'beat',
  ],
]);

/** The tool's task, where it is one that everybody has: another word may be a name, an address or a secret. */
export function withTask(tool: string, rest: readonly string[]): string {
  const task = rest[0];
  if (task === undefined || !tasks.has(task)) return tool;
  // A script of package.json is named by its project, which has no secrets in names of scripts: `npm run build`.
  const script = rest[1]?.split(':')[0];
  return task === 'run' && script !== undefined && tasks.has(script) ? `${tool} run ${rest[1]}` : `${tool} ${task}`;
}
