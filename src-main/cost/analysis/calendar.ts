/** Days and months where this machine stands. Pure but for the system's time zone. */

export const dayStart = (at: number): number => {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
};

/** @param months so many months later, or earlier where negative */
export const monthStart = (at: number, months = 0): number => {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth() + months, 1).getTime();
};

const nextDay = (start: number): number => {
  const date = new Date(start);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
};

/** Starts of the days from one day's start on, and the end of the last. */
export function dayEdges(from: number, until: number): number[] {
  const edges = [from];
  for (let at = nextDay(from); at < until; at = nextDay(at)) edges.push(at);
  edges.push(Math.max(until, from + 1));
  return edges;
}

export const dateText = (at: number): string => {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};
