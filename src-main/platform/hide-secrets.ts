/**
 * Peers and libraries like to repeat an address or a password in their errors; what they say is shown without it. Pure.
 */

const hidden = '•••';
/** Shorter ones stand in ordinary words. */
const shortest = 4;
const shortestPathPart = 9;

export function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= shortest)
    .flatMap(formsOf)
    .sort((a, b) => b.length - a.length)
    .reduce((shown, form) => shown.replaceAll(form, hidden), text);
}

/** How a secret looks when someone repeats it. */
function formsOf(secret: string): string[] {
  const wellFormed = Buffer.from(secret).toString();
  const forms = [secret, encodeURIComponent(wellFormed), ...inBase64(secret)];
  if (!URL.canParse(secret)) return forms;
  // An address that is as good as a password: a server knows its path alone.
  const { pathname, search } = new URL(secret);
  const parts = pathname.split('/').filter((part) => part.length >= shortestPathPart);
  return [...forms, ...parts, ...[`${pathname}${search}`, search].filter((part) => part.length >= shortest)];
}

/**
 * `Basic` and SMTP's logins send base64 of more than the secret. Three bytes become four characters, so it may begin at
 * three places in a group; characters that it shares with its neighbours are left out.
 */
function inBase64(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
}
