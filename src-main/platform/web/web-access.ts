/**
 * How a request shows who asks, and whom it believes: from the settings of a target or channel and the secrets kept
 * beside them.
 */
import type { WebAccessSettings } from '../../contract/settings/web-access.ts';
import type { HttpQuestion } from './http-request.ts';

type SecretName = 'password' | 'token' | 'headerSecret' | 'clientKey';

const headerLine = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \t]*(.*)$/;

export type WebAccess = Required<Pick<HttpQuestion, 'headers' | 'privateHeaders' | 'trust'>>;

/** Read anew for each look: a changed password is used at once. */
export async function webAccess(
  settings: WebAccessSettings,
  secret: (name: SecretName) => Promise<string | undefined>,
): Promise<WebAccess> {
  const get = async (name: SecretName, given: string): Promise<string> =>
    given !== '' ? given : ((await secret(name)) ?? '');
  const password = await get('password', settings.password);
  const token = await get('token', settings.token);
  const headerSecret = await get('headerSecret', settings.headerSecret);
  const clientKey = await get('clientKey', settings.clientKey);
  const own = settings.headers
    .split('\n')
    .map((line) => headerLine.exec(line.trim()))
    .filter((match) => match !== null)
    .map(([, name = '', value = '']) => [name.toLowerCase(), value.replaceAll('{secret}', headerSecret)] as const);
  const { user, authority, clientCertificate, acceptedCertificate } = settings;
  return {
    headers: {
      ...(user !== '' && { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }),
      ...(token !== '' && { authorization: `Bearer ${token}` }),
      ...Object.fromEntries(own),
    },
    privateHeaders: own.map(([name]) => name),
    trust: { authority, clientCertificate, clientKey, acceptedCertificate },
  };
}
