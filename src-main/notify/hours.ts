/** Is this moment within given hours of the local day? Pure but for the system's time zone. */
import type { Hours } from '../contract/settings/hours.ts';

export const isWithinHours = (hours: readonly Hours[], at: number): boolean => hours.some((one) => contains(one, at));

function contains({ days, from, until }: Hours, at: number): boolean {
  const date = new Date(at);
  const minute = date.getHours() * 60 + date.getMinutes();
  const [begin, end] = [minutesOf(from), minutesOf(until)];
  const today = date.getDay();
  if (begin < end) return days.includes(today) && minute >= begin && minute < end;
  // Over midnight: the part after it belongs to the day before. Equal ends mean the whole day round.
  return (days.includes(today) && minute >= begin) || (days.includes((today + 6) % 7) && minute < end);
}

function minutesOf(time: string): number {
  const [hour, minute] = time.split(':');
  return Number(hour) * 60 + Number(minute);
}
