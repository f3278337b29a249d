import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSecretFile } from '../../src-main/settings/secrets.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('secrets', () => {
  it('lie in a file that only the user can read, and come back after a restart', async () => {
    const path = join(temporaryFolder(), 'secrets.json');
    const secrets = openSecretFile(path);
    await secrets.set('channel/mail/password', 'hush');
    await secrets.set('other', 'x');
    await secrets.delete('other');
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = openSecretFile(path);
    expect(await again.get('channel/mail/password')).toBe('hush');
    expect(await again.names()).toEqual(['channel/mail/password']);
  });

  it('are sealed by the system where it can', async () => {
    const path = join(temporaryFolder(), 'secrets.json');
    const seal = {
      place: 'keychain',
      seal: async (value: string) => Buffer.from(value).toString('base64'),
      open: async (sealed: string) => Buffer.from(sealed, 'base64').toString(),
    };
    const secrets = openSecretFile(path, seal);
    await secrets.set('a', 'hush');
    expect(readFileSync(path, 'utf8')).not.toContain('hush');
    expect(await openSecretFile(path, seal).get('a')).toBe('hush');
  });

  it('are asked for again when their file is damaged', async () => {
    const path = join(temporaryFolder(), 'secrets.json');
    writeFileSync(path, '{"a":');
    expect(await openSecretFile(path).get('a')).toBeUndefined();
  });
});
