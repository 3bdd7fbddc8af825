import type { Decorator, Preview } from '@storybook/react-vite';
import { configure } from 'storybook/test';
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '@fontsource-variable/noto-sans-arabic';
import '../src/styles/index.css';
import './preview.css';
import { storyClock } from '../src/fixtures/clock.ts';
import { en } from '../src/messages/en.ts';
import { es } from '../src/messages/es.ts';
import { pt } from '../src/messages/pt.ts';
import { LatchkeyProvider } from '../src/provider/LatchkeyProvider.tsx';
import { ToastProvider } from '../src/toast/Toast.tsx';
import { DocsPage } from './DocsPage.tsx';
import { a11yGlobals, inspect, prepare } from './inspect.ts';

// How long what is to come may take on a machine that is busy: it ends what never comes.
configure({ asyncUtilTimeout: 30_000 });

const languages = { en, pt, es } as const;

function languageOf(value: unknown): keyof typeof languages {
  return value === 'pt' || value === 'es' ? value : 'en';
}

const withLatchkey: Decorator = (Story, { globals, parameters }) => {
  const locale = languageOf(globals['locale']);
  const root = document.documentElement;
  root.dataset['theme'] = String(globals['theme']);
  root.dataset['density'] = String(globals['density']);
  if (globals['contrast'] === 'more') root.dataset['contrast'] = 'more';
  else delete root.dataset['contrast'];
  root.dir = String(globals['direction']);
  return (
    <LatchkeyProvider
      locale={locale}
      messages={languages[locale]}
      dir={globals['direction'] === 'rtl' ? 'rtl' : 'ltr'}
      now={storyClock}
      timeZone="UTC"
    >
      {/* A toast that went by itself would make pictures depend on the machine. */}
      <ToastProvider duration={Infinity}>
        {parameters['layout'] === 'fullscreen' ? (
          <Story />
        ) : (
          <div style={{ padding: 16 }}>
            <Story />
          </div>
        )}
      </ToastProvider>
    </LatchkeyProvider>
  );
};

const item = (value: string, title: string) => ({ value, title });

const preview: Preview = {
  decorators: [withLatchkey],
  tags: ['autodocs'],
  initialGlobals: {
    theme: 'light',
    density: 'comfortable',
    contrast: 'normal',
    locale: 'en',
    direction: 'ltr',
    a11y: a11yGlobals,
  },
  globalTypes: {
    theme: {
      toolbar: {
        title: 'Theme',
        icon: 'mirror',
        dynamicTitle: true,
        items: [item('light', 'Light'), item('dark', 'Dark'), item('system', 'System')],
      },
    },
    contrast: {
      toolbar: {
        title: 'Contrast',
        icon: 'contrast',
        dynamicTitle: true,
        items: [item('normal', 'Normal contrast'), item('more', 'High contrast')],
      },
    },
    density: {
      toolbar: {
        title: 'Density',
        icon: 'component',
        dynamicTitle: true,
        items: [item('comfortable', 'Comfortable'), item('compact', 'Compact')],
      },
    },
    locale: {
      toolbar: {
        title: 'Language',
        icon: 'globe',
        dynamicTitle: true,
        items: [item('en', 'English'), item('pt', 'Português'), item('es', 'Español')],
      },
    },
    direction: {
      toolbar: {
        title: 'Direction',
        icon: 'transfer',
        dynamicTitle: true,
        items: [item('ltr', 'Left to right'), item('rtl', 'Right to left')],
      },
    },
  },
  parameters: {
    // The frame around a story is drawn by the decorator, so that pictures have it too.
    layout: 'none',
    controls: { expanded: true },
    docs: { page: DocsPage },
    a11y: {
      test: 'error',
      options: {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        // A story shows a part of a page: landmarks and headings are the page's.
        rules: {
          region: { enabled: false },
          'page-has-heading-one': { enabled: false },
          'landmark-one-main': { enabled: false },
        },
      },
    },
    options: {
      storySort: {
        order: [
          'Guide',
          ['Welcome', 'Principles', 'Tokens', 'Embed', 'Theme', 'Translate', 'Accessibility'],
          'Page',
          'Keys',
          'Dialogs',
          'Parts',
        ],
      },
    },
    viewport: {
      options: {
        phone: { name: 'Phone (360 px)', styles: { width: '360px', height: '740px' } },
        shortPhone: {
          name: 'Short phone (360 × 640 px)',
          styles: { width: '360px', height: '640px' },
        },
        sheet: { name: 'Sheet', styles: { width: '1280px', height: '2700px' } },
        desktop: { name: 'Desktop', styles: { width: '1280px', height: '800px' } },
      },
    },
  },
  beforeEach: prepare,
  afterEach: inspect,
};

export default preview;
