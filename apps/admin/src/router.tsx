import type { QueryClient } from '@tanstack/react-query';
import type { AnyRedirect, NotFoundError } from '@tanstack/react-router';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  parseSearchWith,
  redirect,
  rootRouteId,
  stringifySearchWith,
} from '@tanstack/react-router';
import { readAuditSearch } from './features/audit/search.ts';
import { readKeysSearch } from './features/keys/search.ts';
import {
  awaitedFactorsQuery,
  providerQuery,
  readProviderWord,
} from './features/session/provider.ts';
import {
  accountsQuery,
  instanceQuery,
  personQuery,
  setUpQuery,
} from './features/session/queries.ts';
import { PageError } from './features/shell/PageError.tsx';
import { NothingHere, PageNotFound } from './features/shell/PageNotFound.tsx';
import { readFailure } from './lib/failure.ts';
import { keepLastAccount, readLastAccount } from './lib/preferences.ts';
import { queryClient } from './lib/query-client.ts';
import { safeReturnPath } from './lib/return-path.ts';
import { Root } from './routes/root.tsx';

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Root,
  notFoundComponent: PageNotFound,
});

/** Leaves for another page: the router takes what is thrown for that, though it is no error. */
function leave(elsewhere: AnyRedirect | NotFoundError): never {
  // oxlint-disable-next-line typescript/only-throw-error -- see above
  throw elsewhere;
}

/** The person's accounts; sends a stranger to sign in, and then back. */
async function enter(client: QueryClient, href: string) {
  try {
    const [accounts] = await Promise.all([
      client.ensureQueryData({ ...accountsQuery, revalidateIfStale: true }),
      client.ensureQueryData({ ...personQuery, revalidateIfStale: true }),
    ]);
    return accounts;
  } catch (error) {
    if (readFailure(error).code !== 'UNAUTHENTICATED') throw error;
    leave(
      redirect({
        to: '/sign-in',
        search: href === '/' ? {} : { return: href },
        replace: true,
      }),
    );
  }
}

/** Whether somebody is signed in already. Where that cannot be known, they are asked to sign in. */
async function isSignedIn(client: QueryClient): Promise<boolean> {
  try {
    await client.fetchQuery({ ...personQuery, staleTime: 0, retry: false });
    return true;
  } catch {
    return false;
  }
}

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context, location }) => {
    const { needed } = await context.queryClient.fetchQuery({ ...setUpQuery, staleTime: 0 });
    if (needed) leave(redirect({ to: '/setup', replace: true }));
    const accounts = await enter(context.queryClient, location.href);
    const last = readLastAccount();
    const account = accounts.find(({ slug }) => slug === last) ?? accounts[0];
    if (!account) return;
    leave(
      redirect({
        to: '/a/$account/keys',
        params: { account: account.slug },
        replace: true,
      }),
    );
  },
  component: lazyRouteComponent(() => import('./routes/no-account.tsx'), 'NoAccount'),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./routes/set-up.tsx'), 'SetUp'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>): { return?: string; provider?: string } => ({
    ...(typeof raw['return'] === 'string' && { return: raw['return'] }),
    ...readProviderWord(raw),
  }),
  beforeLoad: async ({ context, search }) => {
    const [signedIn] = await Promise.all([
      isSignedIn(context.queryClient),
      context.queryClient.prefetchQuery(providerQuery),
      context.queryClient.prefetchQuery(instanceQuery),
      search.provider === 'code' &&
        context.queryClient.prefetchQuery({ ...awaitedFactorsQuery, staleTime: 0 }),
    ]);
    if (!signedIn) return;
    leave(redirect({ href: safeReturnPath(search.return), replace: true }));
  },
  component: lazyRouteComponent(() => import('./routes/sign-in.tsx'), 'SignIn'),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  path: '/signed-in',
  component: lazyRouteComponent(() => import('./routes/signed-in.tsx'), 'SignedIn'),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitations/$invitation',
  validateSearch: readProviderWord,
  beforeLoad: ({ context }) => context.queryClient.prefetchQuery(providerQuery),
  component: lazyRouteComponent(() => import('./routes/invitation.tsx'), 'Invitation'),
});

const forgottenPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgotten-password',
  beforeLoad: ({ context }) => context.queryClient.prefetchQuery(instanceQuery),
  component: lazyRouteComponent(
    () => import('./routes/forgotten-password.tsx'),
    'ForgottenPassword',
  ),
});

const passwordReset = createRoute({
  getParentRoute: () => root,
  path: '/password-resets/$reset',
  component: lazyRouteComponent(() => import('./routes/password-reset.tsx'), 'PasswordReset'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/a/$account',
  beforeLoad: async ({ context, location, params }) => {
    const accounts = await enter(context.queryClient, location.href);
    const entered = accounts.find(({ slug }) => slug === params.account);
    if (!entered) leave(notFound({ routeId: rootRouteId }));
    keepLastAccount(entered.slug);
    return { account: entered };
  },
  component: lazyRouteComponent(() => import('./features/shell/Shell.tsx'), 'Shell'),
  notFoundComponent: NothingHere,
});

const accountStart = createRoute({
  getParentRoute: () => account,
  path: '/',
  beforeLoad: ({ params }) => {
    leave(redirect({ to: '/a/$account/keys', params, replace: true }));
  },
});

const overview = createRoute({
  getParentRoute: () => account,
  path: 'overview',
  component: lazyRouteComponent(() => import('./routes/overview.tsx'), 'Overview'),
});

const keys = createRoute({
  getParentRoute: () => account,
  path: 'keys',
});

const keysTabs = createRoute({
  getParentRoute: () => keys,
  id: 'tabs',
  component: lazyRouteComponent(() => import('./routes/keys-layout.tsx'), 'KeysLayout'),
});

const generatedKeys = createRoute({
  getParentRoute: () => keysTabs,
  path: '/',
  validateSearch: readKeysSearch,
  component: lazyRouteComponent(() => import('./routes/generated-keys.tsx'), 'GeneratedKeys'),
});

const externalKeys = createRoute({
  getParentRoute: () => keysTabs,
  path: 'external',
  component: lazyRouteComponent(() => import('./routes/external-keys.tsx'), 'ExternalKeys'),
});

const settings = createRoute({
  getParentRoute: () => keysTabs,
  path: 'settings',
  component: lazyRouteComponent(() => import('./routes/settings.tsx'), 'Settings'),
});

const key = createRoute({
  getParentRoute: () => keys,
  path: '$key',
  component: lazyRouteComponent(() => import('./routes/key.tsx'), 'KeyDetails'),
});

const roles = createRoute({
  getParentRoute: () => account,
  path: 'roles',
  component: lazyRouteComponent(() => import('./routes/roles.tsx'), 'Roles'),
});

const members = createRoute({
  getParentRoute: () => account,
  path: 'members',
  component: lazyRouteComponent(() => import('./routes/members.tsx'), 'Members'),
});

const webhooks = createRoute({
  getParentRoute: () => account,
  path: 'webhooks',
});

const webhooksList = createRoute({
  getParentRoute: () => webhooks,
  path: '/',
  component: lazyRouteComponent(() => import('./routes/webhooks.tsx'), 'Webhooks'),
});

const webhook = createRoute({
  getParentRoute: () => webhooks,
  path: '$webhook',
  component: lazyRouteComponent(() => import('./routes/webhook.tsx'), 'WebhookDetails'),
});

const audit = createRoute({
  getParentRoute: () => account,
  path: 'audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('./routes/audit.tsx'), 'AuditLog'),
});

const profile = createRoute({
  getParentRoute: () => account,
  path: 'profile',
  component: lazyRouteComponent(() => import('./routes/profile.tsx'), 'Profile'),
});

/** Every page of the SPA: a file each in routes/, fetched when it is first needed. */
export const router = createRouter({
  routeTree: root.addChildren([
    start,
    setUp,
    signIn,
    signedIn,
    invitation,
    forgottenPassword,
    passwordReset,
    account.addChildren([
      accountStart,
      overview,
      keys.addChildren([keysTabs.addChildren([generatedKeys, externalKeys, settings]), key]),
      roles,
      members,
      webhooks.addChildren([webhooksList, webhook]),
      audit,
      profile,
    ]),
  ]),
  context: { queryClient },
  defaultPreload: 'intent',
  defaultErrorComponent: PageError,
  scrollRestoration: true,
  // Plain words in the address: `?search=erp`, not `?search=%22erp%22`.
  parseSearch: parseSearchWith((text) => text),
  stringifySearch: stringifySearchWith(String),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
