/** The contract's procedures as queries and actions of React. */
import type { Failure } from '@contract/outcome.ts';
import { notifications } from '@mantine/notifications';
import { isDefinedError } from '@orpc/client';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { type Texts, useText } from '../i18n/use-text.tsx';
import { type InputIssue, issuesText } from './issue-text.ts';
import { useClient } from './use-client.tsx';

/** Query options and keys for each procedure. */
export function useApi() {
  const client = useClient();
  return useMemo(() => createTanstackQueryUtils(client), [client]);
}

const noAnswer = 'no-answer';
/** A screen's own part of the page, in the words of Chromium and Firefox, and of Safari. */
const notFetched = /dynamically imported module|Importing a module script failed/;

/** What went wrong, in the words of the core where it has some. */
export function failureOf(error: unknown, texts: Texts): Failure {
  const data = (error as { data?: unknown } | null)?.data as Partial<Failure> | undefined;
  if (error instanceof Error && isDefinedError(error) && typeof data?.message === 'string') return data as Failure;
  const issues = (data as { issues?: readonly InputIssue[] } | undefined)?.issues;
  if (issues !== undefined) return { kind: 'input-refused', message: issuesText(issues, texts), next: '' };
  const message = error instanceof Error ? error.message : String(error);
  if (notFetched.test(message)) return { kind: noAnswer, message: '', next: '' };
  return { kind: 'unexpected', message, next: '', values: { detail: message } };
}

/** What happened and what helps, in the chosen language. */
export function failureText(failure: Failure, texts: Texts): string {
  if (failure.kind === noAnswer) return texts.t('noAnswer.unreachable');
  return `${failureWords(failure, texts)} ${failureNext(failure, texts)}`.trim();
}

export function failureWords({ kind, code = kind, message, values, cause }: Failure, { say }: Texts): string {
  const detail = cause === undefined ? undefined : say(cause.code, cause.message, cause.values);
  return say(`failure.${code}`, message, detail === undefined ? values : { ...values, detail });
}

/** The system's words belong to what happened, not to what helps. */
export const failureNext = ({ kind, code = kind, next, values = {} }: Failure, { say }: Texts): string => {
  const { detail: _, ...others } = values;
  return say(`failure-next.${code}`, next, others);
};

export interface Action<A extends unknown[], T> {
  readonly isBusy: boolean;
  /** Undefined when it failed; the user was told why. */
  run(...args: A): Promise<T | undefined>;
}

/** Does something for the user, says what came of it, and lets every answer on screen be asked for anew. */
export function useAction<A extends unknown[], T>(
  act: (...args: A) => Promise<T>,
  { done }: { readonly done?: string } = {},
): Action<A, T> {
  const texts = useText();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const run = useCallback(
    async (...args: A): Promise<T | undefined> => {
      setBusy(true);
      try {
        const result = await act(...args);
        if (done !== undefined) notifications.show({ message: done, color: 'teal', withBorder: true });
        return result;
      } catch (error) {
        notifications.show({
          title: texts.t('action.failed'),
          message: failureText(failureOf(error, texts), texts),
          color: 'red',
          withBorder: true,
          autoClose: 12_000,
        });
        return undefined;
      } finally {
        setBusy(false);
        void queries.invalidateQueries();
      }
    },
    [act, done, queries, texts],
  );
  return { isBusy, run };
}
