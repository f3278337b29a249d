import type { TargetStatus } from '@contract/targets.ts';
import type { Texts } from '../i18n/use-text.tsx';

/**
 * What was found, in words; the core's own sentence, where it is new to this window, with a file's name for its path.
 */
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
