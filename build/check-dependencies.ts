/**
 * What the app is made of: licences that may be shipped, actions pinned by commit, and known weaknesses where a
 * registry answers. Run by `npm run check:dependencies` and in CI. Prints each breach and exits 1; says so where nobody
 * could be asked.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';

const shippable =
  /^(MIT(-0)?|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|Unlicense|Python-2\.0|WTFPL|Zlib|CC-BY-4\.0|MPL-2\.0)$/;
const breaches: string[] = [];

interface Entry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, Entry>>;
};
let checked = 0;
for (const [path, { license, dev, devOptional, link }] of Object.entries(packages)) {
  if (path === '' || dev === true || devOptional === true || link === true) continue;
  checked += 1;
  // "(MIT OR GPL-3.0)": one that fits is enough; "AND" wants them all.
  const choices = (license ?? 'none named').replace(/[()]/g, '').split(' OR ');
  if (!choices.some((choice) => choice.split(' AND ').every((one) => shippable.test(one.trim()))))
    breaches.push(`${path} has the licence ${license ?? 'none named'}`);
}
console.log(`${checked} shipped packages have a licence that may be shipped.`);

for (const file of globSync('.github/workflows/*.yml'))
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    const action = /uses:\s*(\S+)/.exec(line)?.[1];
    if (action !== undefined && !action.startsWith('./') && !/@[0-9a-f]{40}$/.test(action))
      breaches.push(`${file}:${index + 1} ${action} is not pinned by its commit`);
  }

const audit = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', timeout: 120_000 });
const found = parseAudit(audit.stdout);
if (found === undefined) console.log('npm audit was not answered: known weaknesses are not checked here.');
else {
  console.log(`npm audit: ${found.high + found.critical} grave weaknesses in shipped packages.`);
  if (found.high + found.critical > 0) breaches.push(`npm audit: ${found.critical} critical, ${found.high} high`);
}

for (const breach of breaches) console.error(breach);
if (breaches.length > 0) process.exit(1);

function parseAudit(text: string): { readonly high: number; readonly critical: number } | undefined {
  try {
    return (JSON.parse(text) as { metadata?: { vulnerabilities?: { high: number; critical: number } } }).metadata
      ?.vulnerabilities;
  } catch {
    return undefined;
  }
}
