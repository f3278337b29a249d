/** The user's `prices.json` in the data directory: read when it changed, never believed in part. */
import { readFile, stat } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { type OwnPrice, priceFileSchema } from '../../contract/cost/prices.ts';
import { failed, type Outcome, ok } from '../../contract/outcome.ts';

const maxBytes = 5_000_000;

export interface OwnPrices {
  /** The same list as long as the file is the same. */
  read(): Promise<readonly OwnPrice[]>;
  /** Why the file is not used; null where it is, or where there is none. */
  readonly problem: string | null;
  /** Replaces the list as a whole, or nothing of it. @returns how many models it has */
  replace(text: string): Promise<Outcome<number>>;
}

function parsePrices(text: string): Outcome<readonly OwnPrice[]> {
  const refuse = (detail: string) => failed('prices-refused', { detail });
  if (text.length > maxBytes) return refuse(`it is larger than ${maxBytes} bytes`);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return refuse((error as Error).message);
  }
  // Of the two shapes the one that was meant says best what is wrong.
  const body = Array.isArray(json) ? { prices: json } : json;
  const parsed = priceFileSchema.safeParse(body);
  if (parsed.success) return ok(parsed.data);
  return refuse(
    parsed.error.issues
      .slice(0, 3)
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; '),
  );
}

export function createOwnPrices(path: string, onProblem: (reason: string) => void): OwnPrices {
  let known: readonly OwnPrice[] = [];
  let stamp = '';
  let problem: string | null = null;
  return {
    async read() {
      const found = await stat(path).catch(() => undefined);
      const now = found === undefined ? '' : `${found.mtimeMs} ${found.size} ${found.ino}`;
      if (now === stamp) return known;
      stamp = now;
      problem = null;
      if (found === undefined) {
        known = [];
        return known;
      }
      const parsed = parsePrices(await readFile(path, 'utf8'));
      // What held before the mistake holds on.
      if (parsed.ok) known = parsed.value;
      else {
        problem = parsed.failure.message;
        onProblem(problem);
      }
      return known;
    },
    get problem() {
      return problem;
    },
    async replace(text) {
      const parsed = parsePrices(text);
      if (!parsed.ok) return parsed;
      await writeFileAtomic(path, `${JSON.stringify({ version: 1, prices: parsed.value }, null, 1)}\n`, {
        mode: 0o600,
      });
      return ok(parsed.value.length);
    },
  };
}
