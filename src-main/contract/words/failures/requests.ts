/** Failures of what programs send over HTTP. */
import type { FailureText } from './failure-text.ts';

export const requestFailures = {
  'broken-off': {
    en: 'The request broke off.',
    de: 'Die Anfrage brach ab.',
    next: { en: 'Send it again.', de: 'Senden Sie sie noch einmal.' },
  },
  'not-gzip': {
    en: 'The body cannot be unpacked.',
    de: 'Der Inhalt lässt sich nicht entpacken.',
    next: {
      en: 'Send it again, packed as its header says or not at all.',
      de: 'Senden Sie ihn noch einmal, so gepackt, wie sein Header sagt, oder gar nicht gepackt.',
    },
  },
  'too-large': {
    en: 'The body is larger than {most:bytes}.',
    de: 'Der Inhalt ist größer als {most:bytes}.',
    next: { en: 'Send it in smaller parts.', de: 'Senden Sie ihn in kleineren Teilen.' },
  },
  'too-large/unpacked': {
    en: 'The body unpacks to more than {most:bytes}.',
    de: 'Entpackt ist der Inhalt größer als {most:bytes}.',
    next: { en: 'Send it in smaller parts.', de: 'Senden Sie ihn in kleineren Teilen.' },
  },
} as const satisfies Readonly<Record<string, FailureText>>;
