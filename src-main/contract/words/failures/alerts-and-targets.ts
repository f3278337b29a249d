/** Failures of alerts, incidents, rules, channels, what is watched, and events. */
import type { FailureText } from './failure-text.ts';

export const alertAndTargetFailures = {
  'channel-refused': {
    en: 'The setting "{setting}" was refused.',
    de: 'Die Einstellung „{setting}“ wurde abgelehnt.',
    next: { en: 'Correct that value and save again.', de: 'Berichtigen Sie den Wert und speichern Sie noch einmal.' },
  },
  'no-such-alert': {
    en: 'This alert is not active any more.',
    de: 'Dieser Alarm ist nicht mehr aktiv.',
    next: { en: 'Look it up in the history.', de: 'Er steht im Verlauf der Alarme.' },
  },
  'no-such-incident': {
    en: 'There is no such incident.',
    de: 'Diesen Vorfall gibt es nicht.',
    next: { en: 'Look at the history of alerts.', de: 'Sehen Sie im Verlauf der Alarme nach.' },
  },
  'no-such-rule': {
    en: 'There is no rule of yours called {rule}.',
    de: 'Es gibt keine eigene Regel „{rule}“.',
    next: {
      en: 'A shipped rule can be switched off.',
      de: 'Eine mitgelieferte Regel lässt sich ausschalten.',
    },
  },
  'no-such-target': {
    en: 'There is no target called {target}.',
    de: 'Unter „{target}“ wird nichts beobachtet.',
    next: { en: 'Reload the list.', de: 'Laden Sie die Liste neu.' },
  },
  'pattern-refused': {
    en: 'The pattern "{pattern}" cannot be used.',
    de: 'Das Muster „{pattern}“ ist nicht verwendbar.',
    next: { en: 'Correct it and save again.', de: 'Berichtigen Sie es und speichern Sie noch einmal.' },
  },
  'pattern-refused/look-around': {
    en: 'The pattern "{pattern}" cannot be used: looking ahead or behind, (?=…) (?!…) (?<=…) (?<!…), could take for ever and is not supported.',
    de: 'Das Muster „{pattern}“ ist nicht verwendbar: Vorausschau und Rückschau, (?=…) (?!…) (?<=…) (?<!…), könnten endlos dauern und werden nicht unterstützt.',
    next: {
      en: 'Write it without that; alternatives with | and two patterns in place of one often say the same.',
      de: 'Schreiben Sie es ohne das; Alternativen mit | oder zwei Muster statt einem sagen oft dasselbe.',
    },
  },
  'pattern-refused/back-reference': {
    en: 'The pattern "{pattern}" cannot be used: referring back to a group, \\1 or \\k<name>, could take for ever and is not supported.',
    de: 'Das Muster „{pattern}“ ist nicht verwendbar: Rückverweise auf eine Gruppe, \\1 oder \\k<name>, könnten endlos dauern und werden nicht unterstützt.',
    next: {
      en: 'Write it without that; alternatives with | and two patterns in place of one often say the same.',
      de: 'Schreiben Sie es ohne das; Alternativen mit | oder zwei Muster statt einem sagen oft dasselbe.',
    },
  },
  'pattern-refused/repeats': {
    en: 'The pattern "{pattern}" cannot be used: it repeats too much, its repeat counts multiply.',
    de: 'Das Muster „{pattern}“ ist nicht verwendbar: Es wiederholt zu viel, seine Wiederholungen multiplizieren sich.',
    next: { en: 'Use smaller repeat counts.', de: 'Wählen Sie kleinere Wiederholungszahlen.' },
  },
  'pattern-refused/too-long': {
    en: 'The pattern "{pattern}" cannot be used: it is longer than {most} characters.',
    de: 'Das Muster „{pattern}“ ist nicht verwendbar: Es ist länger als {most} Zeichen.',
    next: { en: 'Use two patterns in place of one.', de: 'Nehmen Sie zwei Muster statt einem.' },
  },
  'statsd-port': {
    en: 'StatsD cannot listen on UDP port {port}.',
    de: 'StatsD kann am UDP-Port {port} nicht lauschen.',
    next: { en: 'Choose another port in the settings.', de: 'Wählen Sie in den Einstellungen einen anderen Port.' },
  },
  'unknown-kind': {
    en: 'There is no channel of the kind "{kind}".',
    de: 'Es gibt keine Kanäle der Art „{kind}“.',
    next: { en: 'Choose one of the list.', de: 'Wählen Sie eine aus der Liste.' },
  },
} as const satisfies Readonly<Record<string, FailureText>>;
