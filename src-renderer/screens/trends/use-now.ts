import { useEffect, useState } from 'react';

const lookEveryMs = 5_000;

/** The time, rounded by `round`; draws anew only when the rounded time changed and the page is seen. */
export function useNow(round: (now: number) => number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && setNow(Date.now()), lookEveryMs);
    return () => clearInterval(timer);
  }, []);
  return round(now);
}
