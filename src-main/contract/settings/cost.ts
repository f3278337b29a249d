import { z } from 'zod';
import { currencySchema } from '../cost/prices.ts';
import type { Text } from '../text/text.ts';

const only = (label: Text) =>
  z
    .string()
    .trim()
    .max(200)
    .default('')
    .meta({ label, empty: { en: 'all', de: 'alle' } });
const amount = z.number().positive().max(1e12);
const amountLabel = { en: 'Amount a month', de: 'Betrag im Monat' };
const currencyLabel = { en: 'Currency', de: 'Währung' };

/** A limit for a month; without model, provider and service it holds for all calls. */
const budgetSchema = z.object({
  /** Label `budget` of its metrics. */
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'lower-case letters, digits and hyphens')
    .meta({ label: { en: 'Short name', de: 'Kurzname' }, placeholder: 'all-calls' }),
  title: z
    .string()
    .min(1)
    .max(100)
    .meta({ label: { en: 'Title', de: 'Titel' } }),
  amount: amount.meta({ label: amountLabel }),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^([A-Z]{3})?$/, 'three letters, such as USD or EUR')
    .default('')
    .meta({ label: currencyLabel, placeholder: 'EUR', empty: { en: 'the one that is shown', de: 'die angezeigte' } }),
  provider: only({ en: 'Only this provider', de: 'Nur dieser Anbieter' }),
  model: only({ en: 'Only this model', de: 'Nur dieses Modell' }),
  service: only({ en: 'Only this service', de: 'Nur dieser Dienst' }),
});
export type Budget = z.infer<typeof budgetSchema>;

/** What calls of language models cost: how it is shown, and what is allowed. */
export const costSettingsSchema = z
  .object({
    currency: z
      .string()
      .regex(/^(auto|[A-Z]{3})$/, 'three capital letters, or auto')
      .default('auto')
      .meta({
        label: currencyLabel,
        help: {
          en: 'Three letters such as EUR; auto: what most of the month is paid in. A reported cost without a currency is in it (auto: USD).',
          de: 'Drei Buchstaben wie EUR; auto: worin das meiste des Monats bezahlt wird. Gemeldete Kosten ohne Währung sind darin (auto: USD).',
        },
        placeholder: 'EUR',
      }),
    rates: z
      .array(
        z.object({
          currency: currencySchema.meta({ label: currencyLabel, placeholder: 'USD' }),
          worth: z
            .number()
            .positive()
            .max(1e9)
            .meta({ label: { en: 'One unit is worth', de: 'Eine Einheit ist wert' } }),
        }),
      )
      .max(50)
      .default([])
      .meta({
        label: { en: 'Exchange rates', de: 'Wechselkurse' },
        help: {
          en: 'Into the currency above; without a rate nothing is converted.',
          de: 'In die Währung oben; ohne Kurs wird nichts umgerechnet.',
        },
      }),
    budgets: z
      .array(budgetSchema)
      .max(50)
      .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'two budgets have the same id')
      .default([])
      .meta({
        label: { en: 'Monthly budgets', de: 'Monatsbudgets' },
        help: {
          en: 'Reported at 80 % and 100 %, and when the forecast goes beyond; nothing is blocked.',
          de: 'Gemeldet bei 80 % und 100 % und wenn die Prognose darüber hinausgeht; gesperrt wird nichts.',
        },
      }),
    target: z
      .object({
        amount: amount.default(30).meta({ label: amountLabel }),
        currency: currencySchema.default('EUR').meta({ label: currencyLabel }),
        interactions: z
          .number()
          .int()
          .min(1)
          .max(1e12)
          .default(10_000)
          .meta({ label: { en: 'For so many interactions', de: 'Für so viele Interaktionen' } }),
      })
      .prefault({})
      .meta({ label: { en: 'Compare with', de: 'Vergleichen mit' }, advanced: true }),
  })
  .meta({ label: { en: 'AI costs', de: 'KI-Kosten' } });
export type CostSettings = z.infer<typeof costSettingsSchema>;
