import { z } from 'zod';
import { sameInEvery, type Text } from '../../text/text.ts';
import { webAccessFields } from '../web-access.ts';
import { isEnabled, kindOf, shared, timeoutSeconds } from './shared.ts';

/** How a port comes to speak TLS: at once, or after its protocol's own request. */
export const portProtocols = ['tcp', 'tls', 'smtp', 'imap', 'pop3', 'ftp', 'ldap', 'postgres', 'mysql'] as const;
const protocolWords: Readonly<Record<(typeof portProtocols)[number], Text>> = {
  tcp: { en: 'TCP alone', de: 'Nur TCP' },
  tls: { en: 'TLS', de: 'TLS' },
  smtp: sameInEvery('SMTP, STARTTLS'),
  imap: sameInEvery('IMAP, STARTTLS'),
  pop3: sameInEvery('POP3, STLS'),
  ftp: sameInEvery('FTP, AUTH TLS'),
  ldap: sameInEvery('LDAP, STARTTLS'),
  postgres: sameInEvery('PostgreSQL, TLS'),
  mysql: sameInEvery('MySQL, TLS'),
};

export const portTargetSchema = z
  .object({
    kind: kindOf('port'),
    ...shared,
    host: z
      .string()
      .min(1)
      .max(253)
      .default('127.0.0.1')
      .meta({ label: { en: 'Host', de: 'Rechner' } }),
    port: z
      .number()
      .int()
      .min(1)
      .max(65_535)
      .meta({ label: { en: 'Port', de: 'Port' } }),
    /** Beyond `tcp`, the certificate is looked at: when it runs out, and whether it is believed. */
    protocol: z
      .enum(portProtocols)
      .default('tcp')
      .meta({
        label: { en: 'Protocol', de: 'Protokoll' },
        help: {
          en: 'With TLS, the certificate is checked as well.',
          de: 'Mit TLS wird auch das Zertifikat geprüft.',
        },
        choices: protocolWords,
        advanced: true,
      }),
    authority: webAccessFields.authority,
    acceptedCertificate: webAccessFields.acceptedCertificate,
    timeoutSeconds,
    isEnabled,
  })
  .meta({ label: { en: 'Port', de: 'Port' } });
