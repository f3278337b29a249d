import type { NoticeText } from './text.ts';

export const de: NoticeText = {
  locale: 'de',
  severity: { info: 'Hinweis', warning: 'Warnung', critical: 'Kritisch' },
  state: {
    fired: 'Alarm',
    resolved: 'Behoben',
    reminder: 'Besteht weiter',
    flapping: 'Kommt und geht',
    acknowledged: 'Bestätigt',
    unacknowledged: 'Nicht mehr bestätigt',
    silenced: 'Stummgeschaltet',
  },
  rules: {
    high_cpu: {
      title: 'CPU ist stark ausgelastet',
      advice: 'Sehen Sie nach, welcher Prozess die CPU benutzt; ein Build oder eine Prüfung endet von selbst.',
    },
    critical_cpu: {
      title: 'CPU ist an ihrer Grenze',
      advice: 'Beenden oder bremsen Sie den genannten Prozess; andere warten auf ihn.',
    },
    high_memory: {
      title: 'Der Speicher füllt sich',
      advice: 'Schließen Sie, was Sie nicht brauchen, das Größte zuerst.',
    },
    critical_memory: {
      title: 'Der Speicher ist fast voll',
      advice: 'Schließen Sie jetzt den größten Prozess: Sonst wählt das System bald selbst einen aus.',
    },
    disk_space: {
      title: 'Der Datenträger füllt sich',
      advice:
        'Löschen oder verschieben Sie Großes und Altes; auf einem vollen Datenträger kann keine Datenbank schreiben.',
    },
    disk_full_soon: {
      title: 'Der Datenträger ist bald voll',
      advice: 'Suchen Sie, was wächst, und schaffen Sie Platz, bevor alles andere stehen bleibt.',
    },
    slow_queries: {
      title: 'Abfragen sind langsam',
      advice: 'Suchen Sie nach einem fehlenden Index, einer großen Suche oder einem ausgelasteten Datenträger.',
    },
    very_slow_queries: {
      title: 'Abfragen sind sehr langsam',
      advice: 'Benutzer warten. Sehen Sie sich zuerst die langsamste Art von Abfrage an.',
    },
    low_cache_hit_rate: {
      title: 'Wenige Antworten kommen aus dem Cache',
      advice: 'Der Cache ist vielleicht zu klein oder wurde gerade geleert.',
    },
    very_low_cache_hit_rate: {
      title: 'Der Cache hilft kaum',
      advice: 'Prüfen Sie, ob der Cache überhaupt arbeitet; jeder Fehltreffer kostet eine ganze Abfrage.',
    },
    service_down: { title: 'Ein Dienst antwortet nicht', advice: 'Prüfen Sie, ob er läuft und wo erwartet lauscht.' },
    database_damaged: {
      title: 'Eine Datenbank ist beschädigt',
      advice: 'Öffnen Sie den Doktor für diese Datenbank: Er sichert die Datei, bevor er etwas repariert.',
    },
    table_missing: {
      title: 'Eine Tabelle fehlt',
      advice: 'Öffnen Sie den Doktor für diese Datenbank: Er kann die Tabelle nach ihrem Profil anlegen.',
    },
    column_missing: {
      title: 'Eine Spalte fehlt',
      advice: 'Öffnen Sie den Doktor für diese Datenbank: Er kann die Spalte nach ihrem Profil ergänzen.',
    },
    database_unreachable: {
      title: 'Eine Datenbank ist nicht lesbar',
      advice:
        'Vielleicht wurde sie verschoben, gesperrt oder verschlüsselt; die Ansicht „Datenbanken“ sagt, was es ist.',
    },
    wal_too_large: {
      title: 'Das Write-Ahead-Log einer Datenbank ist zu groß',
      advice: 'Vielleicht hält ein Leser einen alten Stand offen; beenden Sie ihn oder starten Sie die Anwendung neu.',
    },
    source_failing: { title: 'Eine Messquelle fällt aus', advice: 'Der Grund steht bei der Quelle unter „Info“.' },
    store_failing: {
      title: 'Der Verlauf wird nicht gespeichert',
      advice: 'Schaffen Sie Platz oder machen Sie den Datenordner beschreibbar; zehn Minuten bleiben im Speicher.',
    },
    monitor_overloaded: {
      title: 'Der Monitor hält seinen Takt nicht',
      advice: 'Der Rechner ist sehr beschäftigt, oder eine Quelle braucht zu lange; siehe „Info“.',
    },
  },
  limitAbove: (value, limit) => `${value}, Grenze ${limit}`,
  limitBelow: (value, limit) => `${value}, sollte mindestens ${limit} sein`,
  noValue: (limit) => `keine Daten, Grenze ${limit}`,
  since: (when) => `seit ${when}`,
  lasted: (duration) => `dauerte ${duration}`,
  culprits: (list) => `Größte Prozesse: ${list}`,
  severalAlerts: (firing, resolved) =>
    [firing > 0 ? `${firing} ${firing === 1 ? 'Alarm' : 'Alarme'}` : '', resolved > 0 ? `${resolved} behoben` : '']
      .filter((part) => part !== '')
      .join(', '),
  more: (count) => `und ${count} weitere`,
  on: 'auf',
  advice: 'Was zu tun ist',
  runbook: 'Anleitung',
  openDashboard: 'Übersicht öffnen',
  acknowledge: 'Bestätigen',
  snoozeHour: '1 h stummschalten',
  show: 'Anzeigen',
  footer: 'Gesendet von HAKGAL Monitor',
  test: { title: 'Test von HAKGAL Monitor', body: 'Wenn Sie dies lesen, erreichen Sie Alarme hier.' },
};
