import { lazy, Suspense } from 'react';
import { Outlet } from '@tanstack/react-router';
import { ToastProvider } from '@latchkey/ui/toast';
import { sessionEnd } from '../lib/session-end.ts';
import { useStore } from '../lib/store.ts';

const SignInAgain = lazy(async () => ({
  default: (await import('../features/session/SignInAgain.tsx')).SignInAgain,
}));

/** What is on every page: news of what was done, and the way back in when a session ends. */
export function Root() {
  const ended = useStore(sessionEnd) !== null;
  return (
    <ToastProvider>
      <Outlet />
      {ended && (
        <Suspense fallback={null}>
          <SignInAgain />
        </Suspense>
      )}
    </ToastProvider>
  );
}
