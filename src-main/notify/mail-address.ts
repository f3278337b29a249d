/**
 * Addresses as mail servers take them: of hosts without a domain (`root@localhost`), with a name, in any script. Pure.
 */

const localPart = /^[^\s@<>()[\]\\,;:"]{1,64}$/u;
const label = /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}_-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/** `a@b` or `Name <a@b>` */
export function isMailAddress(text: string): boolean {
  const bare = /^[^<>\n\r]*<([^<>]+)>$/.exec(text.trim())?.[1] ?? text.trim();
  const at = bare.lastIndexOf('@');
  const domain = bare.slice(at + 1);
  return (
    at > 0 &&
    domain.length <= 253 &&
    localPart.test(bare.slice(0, at)) &&
    domain.split('.').every((one) => label.test(one))
  );
}
