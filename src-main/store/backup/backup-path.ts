/** Where the verified copy of a history lies. */
export const backupPathOf = (path: string): string => `${path}.backup`;
