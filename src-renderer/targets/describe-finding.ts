import type { TargetStatus } from '@contract/targets.ts';
import type { Texts } from '../i18n/use-text.tsx';

/** The core's sentence, with a file's name instead of its whole path; in another language its kind in words. */
export function describeFinding(
  {
    kind,
    code = kind,
    message,
    values,
    settings,
  }: Pick<TargetStatus, 'kind' | 'code' | 'message' | 'values' | 'settings'>,
  { say }: Texts,
): string {
  const path = 'path' in settings ? settings.path : undefined;
  const short = path === undefined ? message : message.replaceAll(path, path.split(/[\\/]/).at(-1) ?? path);
  return say(`target.${code}`, short, values);
}
