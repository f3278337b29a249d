/** Whether a monitor answers under an address; how a second start tells a living instance from a stale lock. */
export async function answersHealth(dashboard: string): Promise<boolean> {
  try {
    const response = await fetch(`${dashboard}/api/health`, { signal: AbortSignal.timeout(1_000) });
    return 'status' in ((await response.json()) as object);
  } catch {
    return false;
  }
}
