/**
 * CPU, memory and disk of this machine. Hold times keep half-second spikes quiet; recovery thresholds keep an alert
 * from fluttering.
 */
import type { ShippedRule } from './shipped-rule.ts';

export const machineRules: readonly ShippedRule[] = [
  {
    id: 'high_cpu',
    title: { en: 'CPU is busy', de: 'CPU ist stark ausgelastet' },
    metric: 'system_cpu_percent',
    levels: { warning: { threshold: 80, recoveryThreshold: 75 } },
    holdSeconds: 60,
    keepFiringSeconds: 15,
    culprits: 'cpu',
    advice: {
      en: 'See which process uses the CPU; a busy build or scan ends by itself.',
      de: 'Sehen Sie nach, welcher Prozess die CPU benutzt; ein Build oder eine Prüfung endet von selbst.',
    },
  },
  {
    id: 'critical_cpu',
    title: { en: 'CPU is at its limit', de: 'CPU ist an ihrer Grenze' },
    metric: 'system_cpu_percent',
    levels: { critical: { threshold: 95, recoveryThreshold: 90 } },
    holdSeconds: 30,
    keepFiringSeconds: 15,
    culprits: 'cpu',
    inhibits: [{ rules: ['high_cpu'] }],
    advice: {
      en: 'End or slow down the process named here; others are waiting for it.',
      de: 'Beenden oder bremsen Sie den genannten Prozess; andere warten auf ihn.',
    },
  },
  {
    id: 'high_memory',
    title: { en: 'Memory is filling up', de: 'Der Speicher füllt sich' },
    metric: 'system_memory_percent',
    levels: { warning: { threshold: 85, recoveryThreshold: 82 } },
    holdSeconds: 60,
    keepFiringSeconds: 15,
    culprits: 'memory',
    advice: {
      en: 'Close what you do not need, the largest first.',
      de: 'Schließen Sie, was Sie nicht brauchen, das Größte zuerst.',
    },
  },
  {
    id: 'critical_memory',
    title: { en: 'Memory is nearly full', de: 'Der Speicher ist fast voll' },
    metric: 'system_memory_percent',
    levels: { critical: { threshold: 95, recoveryThreshold: 92 } },
    holdSeconds: 20,
    keepFiringSeconds: 15,
    culprits: 'memory',
    inhibits: [{ rules: ['high_memory'] }],
    advice: {
      en: 'Close the largest process now: the system will soon end one of its own choice, or swap to a halt.',
      de: 'Schließen Sie jetzt den größten Prozess: Sonst wählt das System bald selbst einen aus.',
    },
  },
  {
    id: 'disk_space',
    title: { en: 'Disk is filling up', de: 'Der Datenträger füllt sich' },
    metric: 'disk_space_used_ratio',
    levels: {
      warning: { threshold: 0.9, recoveryThreshold: 0.88 },
      critical: { threshold: 0.97, recoveryThreshold: 0.95 },
    },
    holdSeconds: 60,
    culprits: 'disk',
    advice: {
      en: 'Delete or move what is large and old; a full disk stops databases from writing.',
      de: 'Löschen oder verschieben Sie Großes und Altes; auf einem vollen Datenträger kann keine Datenbank schreiben.',
    },
  },
  {
    id: 'disk_full_soon',
    title: { en: 'Disk will be full soon', de: 'Der Datenträger ist bald voll' },
    metric: 'forecast_disk_full_seconds',
    direction: 'below',
    levels: {
      warning: { threshold: 3 * 86_400, recoveryThreshold: 4 * 86_400 },
      critical: { threshold: 6 * 3600, recoveryThreshold: 9 * 3600 },
    },
    holdSeconds: 300,
    coolDownSeconds: 3600,
    advice: {
      en: 'Find what is growing, and make room before it stops the rest.',
      de: 'Suchen Sie, was wächst, und schaffen Sie Platz, bevor alles andere stehen bleibt.',
    },
  },
  {
    id: 'unusual_behaviour',
    title: { en: 'Several things are unusual at once', de: 'Mehreres ist zugleich auffällig' },
    metric: 'anomaly_notable',
    levels: { info: { threshold: 0 } },
    holdSeconds: 0,
    advice: {
      en: 'Insights shows what began together; call it expected if it is, and it is learned.',
      de: '„Einblicke“ zeigt, was zusammen begann; nennen Sie es erwartet, wenn es so ist, dann wird es gelernt.',
    },
  },
];
