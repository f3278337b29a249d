/** Which fields each kind of target asks for, and how they become settings. Pure. */
import type { TargetKind, TargetSettings } from '@contract/settings/targets.ts';

export type FieldName = 'path' | 'profile' | 'url' | 'host' | 'port' | 'name' | 'atLeast' | 'pattern';
export type Given = Readonly<Partial<Record<FieldName | 'title', string | number>>>;

export const fieldsOf: Readonly<Record<TargetKind, readonly FieldName[]>> = {
  sqlite: ['path', 'profile'],
  http: ['url'],
  port: ['host', 'port'],
  process: ['name', 'atLeast'],
  log: ['path', 'pattern'],
  prometheus: ['url'],
};

export function valuesOf(settings: TargetSettings): Given {
  const given = settings as unknown as Record<string, unknown>;
  const pattern = settings.kind === 'log' ? settings.patterns[0]?.pattern : undefined;
  return {
    title: settings.title,
    ...Object.fromEntries(fieldsOf[settings.kind].map((field) => [field, (given[field] as string | undefined) ?? ''])),
    ...(pattern !== undefined && { pattern }),
  };
}

/** What the form does not ask for stays as it was. The contract's schema fills in defaults and judges. */
export function settingsOf(kind: TargetKind, given: Given, before?: TargetSettings): TargetSettings {
  const { title = '', profile, pattern, ...fields } = given;
  const wanted = fieldsOf[kind];
  return {
    ...before,
    kind,
    id: before?.id ?? targetIdOf(String(title)),
    title,
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => wanted.includes(name as FieldName))),
    ...(wanted.includes('profile') && { profile: profile === '' || profile === undefined ? null : profile }),
    ...(wanted.includes('pattern') && { patterns: patternsOf(String(pattern ?? ''), before) }),
  } as unknown as TargetSettings;
}

function patternsOf(pattern: string, before: TargetSettings | undefined): unknown[] {
  const known = before?.kind === 'log' ? before.patterns : [];
  const [first, ...others] = known;
  return [{ ...first, name: first?.pattern === pattern ? first.name : pattern.slice(0, 100), pattern }, ...others];
}

export const targetIdOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'target';
