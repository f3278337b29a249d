import type { ChannelTestAnswer } from '@contract/channels.ts';
import type { Texts } from '../../i18n/use-text.tsx';

/** No setting mends these. */
const helpless: readonly string[] = ['no-desktop', 'no-notifier'];

/** What came of a test, and what to do next. */
export function describeTest(
  { kind, outcome, code, message, values, detail = '' }: ChannelTestAnswer,
  { t, say }: Texts,
): string {
  if (kind !== 'delivered')
    return [say(code, message, values), ...(helpless.includes(kind) ? [] : [t(`channels.testNext.${outcome}`)])].join(
      ' ',
    );
  // Some of several recipients may have been refused.
  return detail === '' ? t('channels.testNext.delivered') : say(code, message, values);
}
