/**
 * Which lines of SQLite's own checks are advice and no damage: one answer for whoever watches a database and whoever
 * examines it. Pure.
 */

const advice: readonly RegExp[] = [
  // Values that a declaration forbids and the file held all the same.
  /^(?:NULL|NUMERIC|TEXT|INT|INTEGER|REAL|BLOB|non-\w+) value (?:in|missing from) /,
  /^CHECK constraint failed in /,
  // Room that nobody uses.
  /^Page \d+(?: is|:) never used$/,
];

export const isIntegrityAdvice = (line: string): boolean => advice.some((pattern) => pattern.test(line));
