import type { TargetFinding } from '@contract/targets.ts';
import type { Texts } from '../i18n/use-text.tsx';

/** The core's sentence; in another language its kind in words, with what the sentence names left out. */
export const describeFinding = ({ kind, message }: Pick<TargetFinding, 'kind' | 'message'>, { named }: Texts): string =>
  named(`target.${kind}`, message);
