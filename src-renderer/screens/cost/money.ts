/** Money as the chosen language writes it; small sums keep the digits that tell them from nothing. */
export function moneyText(locale: string, value: number | null, currency: string | null): string | undefined {
  if (value === null || currency === null) return undefined;
  const size = Math.abs(value);
  const digits = size === 0 || size >= 1 ? 2 : Math.min(8, 1 - Math.floor(Math.log10(size)) + 1);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: Math.max(2, digits),
  }).format(value);
}
