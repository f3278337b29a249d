/**
 * What targets remember over a restart: how far a log was read, the first schema seen, the last verdict of a check. One
 * small JSON file, written aside and renamed; a damaged one is begun anew, which costs no more than looking again.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const schema = z.record(z.string(), z.record(z.string(), z.unknown()));

export class TargetMemory implements Disposable {
  readonly #path: string | undefined;
  #content: Record<string, Record<string, unknown>> = {};
  #isDirty = false;

  /** @param path undefined remembers nothing beyond the process */
  constructor(path: string | undefined) {
    this.#path = path;
    if (path === undefined) return;
    try {
      this.#content = schema.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      // Not there yet, or damaged: see above.
    }
  }

  /** Undefined when nothing fitting is remembered. */
  get<T>(target: string, key: string, shape: z.ZodType<T>): T | undefined {
    const parsed = shape.safeParse(this.#content[target]?.[key]);
    return parsed.success ? parsed.data : undefined;
  }

  set(target: string, key: string, value: unknown): void {
    const ofTarget = this.#content[target] ?? {};
    ofTarget[key] = value;
    this.#content[target] = ofTarget;
    this.#isDirty = true;
  }

  forget(target: string): void {
    if (!(target in this.#content)) return;
    delete this.#content[target];
    this.#isDirty = true;
  }

  /** Writes what changed; failing to costs only the memory of the next start. */
  save(): void {
    if (!this.#isDirty || this.#path === undefined) return;
    this.#isDirty = false;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileSync(`${this.#path}.new`, JSON.stringify(this.#content));
      renameSync(`${this.#path}.new`, this.#path);
    } catch {
      this.#isDirty = true;
    }
  }

  [Symbol.dispose](): void {
    this.save();
  }
}
