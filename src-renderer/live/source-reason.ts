import type { SourceReason } from '@contract/live.ts';
import type { Texts } from '../i18n/use-text.tsx';

/** Why a source has nothing to tell or is asked less often; what the system said, as it said it. */
export const sourceReason = ({ reason = '', reasonCode, reasonValues }: SourceReason, { say }: Texts): string =>
  reasonCode === undefined ? reason : say(reasonCode, reason, reasonValues);
