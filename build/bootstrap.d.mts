export const root: string;
export function ensureInstalled(): void;
export function ensureBuilt(): void;
export function projectNode(): string;
export function projectEnvironment(): NodeJS.ProcessEnv;
export function runToEnd(
  program: string,
  args: readonly string[],
  options?: { readonly env?: NodeJS.ProcessEnv },
): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly error?: Error }>;
