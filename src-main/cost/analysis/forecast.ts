/** What the month will cost by its end. Pure. */
import type { CostCell } from '../../contract/cost/cells.ts';
import type { CostAnswer } from '../../contract/cost/records.ts';
import { dayMs } from '../../contract/shared/durations.ts';
import { dayEdges, dayStart, monthStart } from './calendar.ts';

/** The rest of the month is taken to go like the days before now, at most so many. */
const forecastDays = 7;

/** What to ask the ledger for: the days of this month and the week before now. */
export const analysisEdges = (now: number): number[] =>
  dayEdges(Math.min(monthStart(now), dayStart(now - forecastDays * dayMs)), now + dayMs + 1);

export interface Outlook {
  readonly recent: readonly CostCell[];
  /** How long `recent` is, days; 0 where nothing was ever reported. */
  readonly days: number;
  readonly daysLeft: number;
}

export function createOutlook({ spans, firstAt }: CostAnswer, now: number): Outlook {
  const daysLeft = Math.max(0, monthStart(now, 1) - now) / dayMs;
  if (firstAt === null || firstAt > now) return { recent: [], days: 0, daysLeft };
  const from = dayStart(now - (forecastDays - 1) * dayMs);
  const recent = spans.filter((span) => span.from >= from && span.from <= now).flatMap(({ cells }) => cells);
  return { recent, days: Math.max(0, now - Math.max(from, firstAt)) / dayMs, daysLeft };
}

/** A day that is not over counts as a whole one while there is no other. */
export function forecastOf(
  { recent, days, daysLeft }: Outlook,
  spent: number | null,
  costOfRecent: (cells: readonly CostCell[]) => number | undefined,
): number | null {
  if (spent === null) return null;
  return spent + ((costOfRecent(recent) ?? 0) / Math.max(1, days)) * daysLeft;
}
