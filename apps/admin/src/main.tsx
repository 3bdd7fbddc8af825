import '@latchkey/ui/styles.css';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { watchSetUpCode } from './features/set-up/code.ts';
import { loadPreferences, PreferencesProvider } from './lib/Preferences.tsx';
import { applyPreferences, readPreferences } from './lib/preferences.ts';
import { queryClient } from './lib/query-client.ts';
import { router } from './router.tsx';

watchSetUpCode();
const preferences = readPreferences();
applyPreferences(preferences);
const [initial] = await Promise.all([loadPreferences(preferences), router.load()]);

const root = document.querySelector('#root');
if (!root) throw new Error('The page has a #root.');
createRoot(root).render(
  <StrictMode>
    <PreferencesProvider initial={initial}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </PreferencesProvider>
  </StrictMode>,
);
