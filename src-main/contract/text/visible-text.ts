/**
 * Names come from anywhere. Characters that nobody sees and that change what is read (controls, directions, nothing
 * wide) are shown by their number, so that a name can neither hide nor pretend; the rest is as it is. Pure.
 */
const unseen = new RegExp(
  [
    // Controls, and the soft hyphen.
    '[\\u0000-\\u001f\\u007f-\\u009f\\u00ad',
    // Directions, line separators, joiners that join nothing, fillers, the mark of byte order.
    '\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u2069\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb]',
    // Halves of characters.
    '|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]',
  ].join(''),
  'g',
);

/** One line, cut behind `maxLength` characters with a sign that it was. */
export function visibleText(text: string, maxLength = 200): string {
  const characters = [...text.slice(0, maxLength * 2 + 2)];
  const kept = characters.slice(0, maxLength).join('');
  const shown = kept.replace(/\s+/g, ' ').replace(unseen, numberOf);
  return characters.length > maxLength || text.length > maxLength * 2 + 2 ? `${shown}…` : shown;
}

/** The same without cutting or changing lines, for logs. */
export const withoutUnseen = (text: string): string =>
  text.replace(unseen, (one) => (/[\t\n\r]/.test(one) ? one : numberOf(one)));

const numberOf = (one: string): string => `⟨U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
