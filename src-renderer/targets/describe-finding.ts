import type { TargetStatus } from '@contract/targets.ts';
import type { Texts } from '../i18n/use-text.tsx';

/** The core's sentence, with a file's name instead of its whole path; in another language its kind in words. */
export function describeFinding(
  { kind, message, settings }: Pick<TargetStatus, 'kind' | 'message' | 'settings'>,
  { named }: Texts,
): string {
  const path = 'path' in settings ? settings.path : undefined;
  const short = path === undefined ? message : message.replaceAll(path, path.split(/[\\/]/).at(-1) ?? path);
  return named(`target.${kind}`, short);
}
