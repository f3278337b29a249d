/** How a target's requests show who asks, and whom they believe: from its settings and the secrets kept beside them. */
import type { WebAccessSettings } from '../../contract/settings/web-access.ts';
import type { HttpQuestion } from '../../platform/web/http-request.ts';
import type { TargetDeps } from '../target-type.ts';

const headerLine = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \t]*(.*)$/;

export type WebAccess = Required<Pick<HttpQuestion, 'headers' | 'privateHeaders' | 'trust'>>;

/** Read anew for each look: a changed password is used at once. */
export async function webAccess(
  id: string,
  settings: WebAccessSettings,
  secret: TargetDeps['secret'],
): Promise<WebAccess> {
  const get = async (name: 'password' | 'token' | 'headerSecret' | 'clientKey'): Promise<string> =>
    settings[name] !== '' ? settings[name] : ((await secret(id, name)) ?? '');
  const [password, token, headerSecret, clientKey] = (await Promise.all(
    (['password', 'token', 'headerSecret', 'clientKey'] as const).map(get),
  )) as [string, string, string, string];
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
