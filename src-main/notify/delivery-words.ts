/**
 * How an attempt to deliver a notification can end, whatever the channel; what only one channel can meet is in its own
 * file.
 */
import { type Sentence, say, sentences, type ValuesArgument } from '../contract/text/message.ts';
import type { FailedDelivery } from './channel.ts';

export const deliveryWords = sentences('delivery', {
  delivered: { en: 'Delivered.', de: 'Zugestellt.' },
  'certificate-expired': {
    en: "The certificate of {peer} has expired, or this machine's clock is wrong.",
    de: 'Das Zertifikat von {peer} ist abgelaufen, oder die Uhr dieses Rechners geht falsch.',
  },
  'certificate-name': {
    en: 'The certificate of {peer} is for another name. Use the name that the server calls itself.',
    de: 'Das Zertifikat von {peer} ist für einen anderen Namen. Benutzen Sie den, den der Server selbst nennt.',
  },
  'certificate-unknown': {
    en: "This machine does not trust the issuer of {peer}'s certificate. Add it if it is your own server.",
    de: 'Dem Aussteller des Zertifikats von {peer} vertraut dieser Rechner nicht. Tragen Sie ihn ein, wenn es Ihr eigener Server ist.',
  },
  'channel-off': { en: 'The channel is switched off.', de: 'Der Kanal ist ausgeschaltet.' },
  'channel-removed': { en: 'The channel has been removed.', de: 'Der Kanal wurde entfernt.' },
  'connection-lost': {
    en: '{peer} closed the connection in the middle. An encryption that does not fit the port looks like this, too.',
    de: '{peer} brach die Verbindung mittendrin ab. So sieht auch eine Verschlüsselung aus, die nicht zum Port passt.',
  },
  'connection-refused': {
    en: 'Nothing listens at {peer}. Check host and port, and that the server runs.',
    de: 'An {peer} lauscht nichts. Prüfen Sie Rechner und Port, und ob der Server läuft.',
  },
  'encryption-mismatch': {
    en: '{peer} does not speak TLS on this port as chosen. Port 465 wants TLS at once, port 587 STARTTLS.',
    de: '{peer} spricht an diesem Port TLS nicht wie gewählt. 465 will es sofort, 587 mit STARTTLS.',
  },
  failed: { en: '{peer} could not be reached.', de: '{peer} ist nicht erreichbar.' },
  'no-network': {
    en: 'There is no route to {peer}: no network, or another one.',
    de: 'Zu {peer} führt kein Weg: kein Netz, oder ein anderes.',
  },
  'not-allowed': {
    en: '{peer} refuses access ({status}). Check the credentials.',
    de: '{peer} verweigert den Zugang ({status}). Prüfen Sie die Zugangsdaten.',
  },
  'not-a-url': { en: 'The address is not a URL.', de: 'Die Adresse ist keine URL.' },
  'not-sent': { en: 'The notification could not be sent.', de: 'Die Benachrichtigung konnte nicht gesendet werden.' },
  'not-there': {
    en: '{peer} has nothing at this address ({status}).',
    de: 'Bei {peer} ist unter dieser Adresse nichts ({status}).',
  },
  redirected: {
    en: '{peer} redirects elsewhere ({status}). Enter the final address; redirects are not followed.',
    de: '{peer} leitet weiter ({status}). Tragen Sie die endgültige Adresse ein; Weiterleitungen wird nicht gefolgt.',
  },
  rejected: {
    en: '{peer} rejects the notification ({status}).',
    de: '{peer} weist die Benachrichtigung ab ({status}).',
  },
  'secret-missing': { en: '"{field}" is not set.', de: 'Ein Passwort oder eine Adresse ist nicht gesetzt.' },
  'server-error': { en: '{peer} failed ({status}).', de: '{peer} hatte einen Fehler ({status}).' },
  'too-large': {
    en: '{peer} does not take a notification of this size ({status}).',
    de: '{peer} nimmt eine Benachrichtigung dieser Größe nicht an ({status}).',
  },
  'timed-out': {
    en: '{peer} did not answer in time. The address may be wrong, or a firewall swallows the connection.',
    de: '{peer} hat nicht rechtzeitig geantwortet. Vielleicht ist die Adresse falsch, oder eine Firewall verschluckt die Verbindung.',
  },
  'no-answer': {
    en: 'No answer within {seconds} seconds. The address may be wrong, or a firewall swallows the connection.',
    de: 'Keine Antwort in {seconds} Sekunden. Vielleicht ist die Adresse falsch, oder eine Firewall verschluckt die Verbindung.',
  },
  'too-many': { en: '{peer} asks to send less (429).', de: '{peer} bittet, weniger zu senden (429).' },
  'unknown-host': {
    en: 'The name of {peer} cannot be resolved. Check its spelling and the network.',
    de: 'Der Name von {peer} lässt sich nicht auflösen. Prüfen Sie die Schreibweise und das Netz.',
  },
  'unknown-kind': {
    en: 'There is no channel of the kind "{kind}".',
    de: 'Kanäle der Art „{kind}“ gibt es nicht.',
  },
  'wrong-settings': { en: 'The setting "{setting}" is wrong.', de: 'Die Einstellung „{setting}“ ist falsch.' },
});

/** The reason is the last part of the sentence's code: stable, for scripts. */
export function notDelivered<N extends string>(
  kind: FailedDelivery['kind'],
  sentence: Sentence<N>,
  ...values: ValuesArgument<N>
): FailedDelivery {
  const said = say(sentence, ...values);
  const detail = values[0]?.detail;
  const reason = sentence.code.slice(sentence.code.lastIndexOf('.') + 1);
  return { kind, reason, ...said, ...(detail !== undefined && { detail }) };
}
