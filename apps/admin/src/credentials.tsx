import '@latchkey/ui/styles.css';
import './styles.css';
import { createRoot } from 'react-dom/client';
import { loadMessages } from '@latchkey/ui/messages';
import { LatchkeyProvider } from '@latchkey/ui/provider';
import { LinkPage } from './features/credentials/LinkPage.tsx';
import { readLinkToken } from './features/credentials/link.ts';
import { applyPreferences, readPreferences, regionalTag } from './lib/preferences.ts';

const preferences = readPreferences();
applyPreferences(preferences);
const messages = await loadMessages(preferences.locale);
document.title = messages.reveal.title;

const root = document.querySelector('#root');
if (!root) throw new Error('The page has a #root.');
createRoot(root).render(
  <LatchkeyProvider
    locale={regionalTag(preferences.locale, navigator.languages)}
    messages={messages}
    theme={preferences.theme}
  >
    <LinkPage linkToken={readLinkToken(location.pathname)} />
  </LatchkeyProvider>,
);
