/** What a file of ours imports, read by the parser that also bundles it: types, re-exports and `import()` included. */
import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';

export interface FoundImport {
  /** As it is written: `./clock.ts`, `node:fs`, `zod`. */
  readonly target: string;
  readonly line: number;
  /** Gone at run time. */
  readonly isType: boolean;
}

export function readImports(path: string): readonly FoundImport[] {
  const code = readFileSync(path, 'utf8');
  const { module, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path} can't be parsed: ${errors[0]?.message}`);
  const lineAt = (offset: number): number => code.slice(0, offset).split('\n').length;
  const found: FoundImport[] = [];
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const isType = entries.length > 0 && entries.every((entry) => entry.isType);
    found.push({ target: moduleRequest.value, line: lineAt(start), isType });
  }
  for (const { start, entries } of module.staticExports)
    for (const { moduleRequest, isType } of entries)
      if (moduleRequest) found.push({ target: moduleRequest.value, line: lineAt(start), isType });
  for (const { moduleRequest } of module.dynamicImports) {
    const target = /^(['"`])(.*)\1$/.exec(code.slice(moduleRequest.start, moduleRequest.end))?.[2];
    if (target !== undefined) found.push({ target, line: lineAt(moduleRequest.start), isType: false });
  }
  // `import('./x.ts').Name` in the place of a type is no import to a bundler, and still a bond.
  for (const match of code.matchAll(/\bimport\('([^']+)'\)\.[A-Z]/g))
    found.push({ target: match[1] as string, line: lineAt(match.index), isType: true });
  return found;
}
