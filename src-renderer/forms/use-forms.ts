/** The forms that the core has described; they stay as they are while it runs. */
import type { Form } from '@contract/forms/form.ts';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/use-api.ts';

export const useForms = (): Readonly<Record<string, Form>> | undefined =>
  useQuery({ ...useApi().forms.list.queryOptions(), staleTime: Number.POSITIVE_INFINITY }).data;

export const useForm = (id: string): Form | undefined => useForms()?.[id];
