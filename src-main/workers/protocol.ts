/**
 * Typed calls into a worker thread: a worker serves a map of functions, the main thread calls them by name. A call can
 * carry progress back and be cancelled; arguments and results are structured-cloned, buffers may be transferred.
 */
import { type MessagePort, type Transferable, Worker } from 'node:worker_threads';

export interface CallContext {
  /** Fires when the caller gave up. Long work looks at it between steps; see `yieldToMessages`. */
  readonly signal: AbortSignal;
  /** Sends something back before the result. */
  progress(value: unknown): void;
}

// biome-ignore lint/suspicious/noExplicitAny: the map's own types say what each function takes
export type Handlers = Record<string, (args: any, context: CallContext) => unknown>;

type Arguments<H extends Handlers, K extends keyof H> = Parameters<H[K]>[0];
type Result<H extends Handlers, K extends keyof H> = Awaited<ReturnType<H[K]>>;

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (value: unknown) => void;
  readonly transfer?: readonly Transferable[];
}

type Request =
  | { readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly cancel: number }
  | { readonly end: true };
type Reply =
  | { readonly id: number; readonly value: unknown }
  | {
      readonly id: number;
      readonly error: {
        readonly message: string;
        readonly name: string;
        readonly stack?: string;
        readonly code?: string;
      };
    }
  | { readonly id: number; readonly progress: unknown };

/** Worker side: answers calls until the port closes. Results that are `transferred(...)` move their buffers. */
export function serve(port: MessagePort, handlers: Handlers): void {
  const running = new Map<number, AbortController>();
  let isEnding = false;
  // Nothing more comes over a closed port, and a thread that waits for nothing ends.
  const endWhenIdle = (): void => {
    if (isEnding && running.size === 0) port.close();
  };
  port.on('message', async (request: Request) => {
    if ('end' in request) {
      isEnding = true;
      for (const controller of running.values()) controller.abort();
      endWhenIdle();
      return;
    }
    if ('cancel' in request) {
      running.get(request.cancel)?.abort();
      return;
    }
    const { id, name, args } = request;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`The worker has no function ${name}`);
      const value = await handler(args, {
        signal: controller.signal,
        progress: (progress) => port.postMessage({ id, progress } satisfies Reply),
      });
      if (value instanceof Transferred) port.postMessage({ id, value: value.value } satisfies Reply, value.buffers);
      else port.postMessage({ id, value } satisfies Reply);
    } catch (error) {
      const { message, name: kind, stack, code } = error as Error & { code?: string };
      port.postMessage({
        id,
        error: {
          message,
          name: kind,
          ...(stack !== undefined && { stack }),
          ...(typeof code === 'string' && { code }),
        },
      } satisfies Reply);
    } finally {
      running.delete(id);
      endWhenIdle();
    }
  });
}

/** A result whose buffers move to the caller instead of being copied. */
export class Transferred<T> {
  readonly value: T;
  readonly buffers: Transferable[];
  constructor(value: T, buffers: Transferable[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

type Unwrapped<T> = T extends Transferred<infer U> ? U : T;

/** What answers calls: a thread, or a process that runs one (`worker-process.ts`). */
export interface WorkerPeer {
  postMessage(value: unknown, transfer?: readonly Transferable[]): void;
  /** Called once. `onEnd` gets the error that ended it, if any. */
  listen(onMessage: (message: unknown) => void, onEnd: (cause: Error | undefined) => void): void;
  terminate(): Promise<unknown>;
}

/** The caller's end. Rejects every pending and later call once the worker has ended. */
export class WorkerClient<H extends Handlers> implements AsyncDisposable {
  readonly #worker: WorkerPeer;
  readonly #pending = new Map<
    number,
    { resolve: (value: never) => void; reject: (error: Error) => void; onProgress?: (value: unknown) => void }
  >();
  #nextId = 1;
  #ended: Error | undefined;
  /** Settles when the thread is gone; the value is the error that ended it, if any. */
  readonly ended: Promise<Error | undefined>;

  constructor(worker: WorkerPeer) {
    this.#worker = worker;
    this.ended = new Promise((resolve) => {
      worker.listen(
        (reply) => this.#receive(reply as Reply),
        (cause) => {
          this.#ended = cause ?? new Error('The worker thread has ended');
          for (const { reject } of this.#pending.values()) reject(this.#ended);
          this.#pending.clear();
          resolve(cause);
        },
      );
    });
  }

  call<K extends keyof H & string>(
    name: K,
    args: Arguments<H, K>,
    options: CallOptions = {},
  ): Promise<Unwrapped<Result<H, K>>> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const { signal, onProgress, transfer } = options;
    if (signal?.aborted) return Promise.reject(signal.reason);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        this.#worker.postMessage({ cancel: id } satisfies Request);
        this.#pending.delete(id);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      const done = (): void => signal?.removeEventListener('abort', cancel);
      this.#pending.set(id, {
        resolve: (value) => {
          done();
          resolve(value);
        },
        reject: (error) => {
          done();
          reject(error);
        },
        ...(onProgress !== undefined && { onProgress }),
      });
      this.#worker.postMessage({ id, name, args } satisfies Request, transfer ?? []);
    });
  }

  /** Has the thread cancel what it is doing and end by itself; `ended` tells when. */
  end(): void {
    this.#worker.postMessage({ end: true } satisfies Request);
  }

  /** Ends the thread whatever it is doing; within a call into native code, after that. A process ends at once. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.terminate();
  }

  #receive(reply: Reply): void {
    const call = this.#pending.get(reply.id);
    if (call === undefined) return;
    if ('progress' in reply) {
      call.onProgress?.(reply.progress);
      return;
    }
    this.#pending.delete(reply.id);
    if ('error' in reply) call.reject(Object.assign(new Error(reply.error.message), reply.error));
    else call.resolve(reply.value as never);
  }
}

export const threadPeer = (worker: Worker): WorkerPeer => ({
  postMessage: (value, transfer = []) => worker.postMessage(value, [...transfer]),
  listen(onMessage, onEnd) {
    let cause: Error | undefined;
    worker.on('message', onMessage);
    worker.on('error', (error) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', () => onEnd(cause));
  },
  terminate: () => worker.terminate(),
});

/** Lets a worker in the middle of long synchronous work see a cancellation. */
export const yieldToMessages = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export type WorkerName = 'store' | 'probe' | 'doctor' | 'analysis';

/** Starts `workers/NAME.worker`: the source under plain Node, its bundle in the built app. */
export function startWorker<H extends Handlers>(name: WorkerName, workerData: unknown): WorkerClient<H> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./${name}.worker.${extension}`, import.meta.url), {
    workerData,
    // The threads do small work on buffers outside the heap: a small young generation keeps each near 6 MB.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  return new WorkerClient<H>(threadPeer(worker));
}
