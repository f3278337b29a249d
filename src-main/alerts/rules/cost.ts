/**
 * Budgets for AI calls. What is spent only grows within a month, so each is reported once, and is over with the month.
 */
import type { ShippedRule } from './shipped-rule.ts';

export const costRules: readonly ShippedRule[] = [
  {
    id: 'cost_budget_nearly_used',
    title: { en: 'AI budget nearly used up', de: 'KI-Budget fast verbraucht' },
    metric: 'cost_month_budget_ratio',
    levels: { warning: { threshold: 0.8, recoveryThreshold: 0.79 } },
    holdSeconds: 0,
    repeats: false,
    advice: {
      en: 'The screen Cost shows which model and service the money goes to.',
      de: 'Die Ansicht Kosten zeigt, wohin das Geld geht: nach Modell und Dienst.',
    },
  },
  {
    id: 'cost_budget_used_up',
    title: { en: 'AI budget used up', de: 'KI-Budget verbraucht' },
    metric: 'cost_month_budget_ratio',
    levels: { critical: { threshold: 1, recoveryThreshold: 0.99 } },
    holdSeconds: 0,
    repeats: false,
    inhibits: [{ rules: ['cost_budget_nearly_used', 'cost_budget_at_risk'], equal: ['budget'] }],
    advice: {
      en: 'Stop what can wait, or raise the budget; nothing is blocked by the monitor.',
      de: 'Halten Sie an, was warten kann, oder erhöhen Sie das Budget; der Monitor sperrt nichts.',
    },
  },
  {
    id: 'cost_budget_at_risk',
    title: { en: 'AI budget will not last the month', de: 'KI-Budget reicht nicht für den Monat' },
    metric: 'cost_budget_at_risk',
    levels: { warning: { threshold: 0.5, recoveryThreshold: 0.4 } },
    holdSeconds: 0,
    repeats: false,
    advice: {
      en: 'At the pace of the last days the budget ends before the month. The screen Cost shows what it goes to.',
      de: 'Im Tempo der letzten Tage endet das Budget vor dem Monat. Die Ansicht Kosten zeigt, wohin es geht.',
    },
  },
];
