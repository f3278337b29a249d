/** What of a link may be handed to the user's browser or mail program. Pure. */

/** Only web pages and mail: a `file:` or a program's own scheme would start things on this machine. */
const schemes: readonly string[] = ['https:', 'http:', 'mailto:'];
/** Of a mail that is begun: a file of this machine would be attached without a word. */
const mailFields: readonly string[] = ['subject', 'body', 'cc'];
const maxLength = 4_000;

/** Without credentials and attachments; undefined for what is not opened at all. */
export function outsideAddress(text: string): string | undefined {
  if (text.length > maxLength || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!schemes.includes(url.protocol)) return undefined;
  url.username = '';
  url.password = '';
  if (url.protocol === 'mailto:')
    for (const name of [...url.searchParams.keys()])
      if (!mailFields.includes(name.toLowerCase())) url.searchParams.delete(name);
  return url.href;
}
