import { queryOptions } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';

/** What a person's own page is made of. */
export const profileQuery = queryOptions({
  queryKey: ['profile'],
  queryFn: ({ signal }) => api.profile.get.query(undefined, { signal }),
});

/** Where the person is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: ['profile', 'sessions'],
  queryFn: async ({ signal }) => (await api.sessions.list.query(undefined, { signal })).items,
});

/** What the person wants to be mailed of an account. */
export const mailPreferenceQuery = (account: string) =>
  queryOptions({
    queryKey: ['account', account, 'mail-preference'],
    queryFn: ({ signal }) => api.mailPreference.get.query({ account }, { signal }),
  });

/** What the person signs in with in the place of the password. */
export const passkeysQuery = queryOptions({
  queryKey: ['profile', 'passkeys'],
  queryFn: async ({ signal }) => (await api.passkeys.list.query(undefined, { signal })).items,
});
