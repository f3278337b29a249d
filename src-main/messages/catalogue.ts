/** Every text of the core by its code, in one language at a time. Pure; who carries texts is handed in. */
import type { Message, Sentence, Values, ValuesArgument } from '../contract/text/message.ts';
import { fillIn, tryFillIn } from '../contract/text/message.ts';
import type { MessageTexts } from '../contract/text/message-procedures.ts';
import { type Language, languages, type Text } from '../contract/text/text.ts';
import { valueFormats } from '../contract/text/value-formats.ts';

/** Texts by code. */
export type Texts = Readonly<Record<string, Text>>;

/** A language beyond those that everything is written in: what it lacks is said in English. */
export interface FurtherLanguage {
  /** BCP 47. */
  readonly locale: string;
  readonly texts: Readonly<Record<string, string>>;
}

export interface Catalogue {
  /** @param more of parts that are loaded only when somebody asks */
  list(language: string, more?: readonly Texts[]): MessageTexts;
  /** Speaks one language, with values written as in `locale`. */
  speaker(language: string, locale?: string): Speaker;
}

export interface Speaker {
  readonly language: string;
  readonly locale: string;
  /** Something of our own, in words. */
  say<N extends string>(sentence: Sentence<N>, ...values: ValuesArgument<N>): string;
  /** What another part said: in its English where the code is not known here. */
  repeat(message: Message): string;
  /** What something is called; undefined for what has no name of ours. */
  name(code: string, values?: Values): string | undefined;
}

/** @param parts what each part carries; no two may have the same code */
export function createCatalogue(
  parts: () => Iterable<Texts>,
  further: Readonly<Record<string, FurtherLanguage>> = {},
): Catalogue {
  let all: Map<string, Text> | undefined;
  const texts = (): Map<string, Text> => {
    all ??= collect(parts());
    return all;
  };
  // Sources come and go; whoever asks for all of it gets what there is now.
  const renewed = (): Map<string, Text> => {
    all = undefined;
    return texts();
  };
  const isInline = (language: string): language is Language => languages.some((one) => one === language);
  const textOf = (code: string, language: string, text: Text | undefined): string | undefined =>
    isInline(language) ? text?.[language] : (further[language]?.texts[code] ?? text?.en);
  return {
    list(wanted, more = []) {
      const language = isInline(wanted) || wanted in further ? wanted : 'en';
      const listed = Object.fromEntries(
        [...renewed(), ...collect(more)].map(([code, text]) => [code, textOf(code, language, text) ?? text.en]),
      );
      return { language, texts: isInline(language) ? listed : { ...further[language]?.texts, ...listed } };
    },
    speaker(language, locale = further[language]?.locale ?? language) {
      const formats = valueFormats(locale);
      return {
        language,
        locale,
        say: ({ code, text }, ...[values]) => fillIn(textOf(code, language, text) ?? text.en, values ?? {}, formats),
        repeat({ code, message, values = {} }) {
          const text = textOf(code, language, texts().get(code));
          return (text === undefined ? undefined : tryFillIn(text, values, formats)) ?? message;
        },
        name(code, values = {}) {
          const text = textOf(code, language, texts().get(code));
          return text === undefined ? undefined : tryFillIn(text, values, formats);
        },
      };
    },
  };
}

function collect(parts: Iterable<Texts>): Map<string, Text> {
  const all = new Map<string, Text>();
  for (const part of parts) for (const [code, text] of Object.entries(part)) all.set(code, text);
  return all;
}
