/** A job of the doctor, followed to its end however often the screen is left and opened again. */
import type { Job } from '@contract/doctor/jobs.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useApi } from '../../api/use-api.ts';
import { useClient } from '../../api/use-client.tsx';

/** The newest job on a file; `start` takes one that was just begun. */
export function useJob(file: string): {
  readonly job: Job | undefined;
  readonly start: (job: Job) => void;
  readonly forget: () => void;
} {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const [started, setStarted] = useState<Job | null>();
  const list = useQuery(api.doctor.jobs.list.queryOptions());
  const known = list.data
    ?.filter((one) => one.file === file && isForDoctor(one))
    .toSorted((a, b) => b.startedAt - a.startedAt)[0];
  // Null: the user has read the last one and begins anew.
  const job = started === undefined ? known : (started ?? undefined);
  const id = job?.id;
  const isOver = job === undefined || job.endedAt !== null;
  useEffect(() => {
    if (id === undefined || isOver) return;
    const stop = new AbortController();
    void (async () => {
      try {
        for await (const next of await client.doctor.jobs.watch({ id }, { signal: stop.signal })) setStarted(next);
      } catch {
        // The stream ended with the connection; the list tells how the job went once it is back.
      }
      if (!stop.signal.aborted) void queries.invalidateQueries();
    })();
    return () => stop.abort();
  }, [client, queries, id, isOver]);
  return { job, start: setStarted, forget: () => setStarted(null) };
}

const isForDoctor = ({ kind }: Job): boolean =>
  kind === 'plan' || kind === 'repair' || kind === 'undo' || kind === 'restore';
