import { lazy, Suspense, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { KeyAction, ReturnFocus } from '@latchkey/ui';
import type { Key } from '../../lib/api.ts';

/** The actions of a key's menu that open a dialog. */
export type DialogAction = Exclude<KeyAction, 'open'>;

/** What is asked or shown now: generating a key, or doing something with one or several. */
export type Asked =
  | { readonly what: 'generate' }
  | {
      readonly what: 'setStatus';
      readonly status: Key['status'];
      readonly apiKeys: readonly Key[];
      /** Told once all were tried, of those that were changed. */
      readonly onChanged: (ids: readonly string[]) => void;
      readonly returnFocusTo: ReturnFocus;
    }
  | { readonly what: DialogAction; readonly apiKey: Key; readonly returnFocusTo: ReturnFocus };

const load = () => import('./KeyDialogs.tsx');
const KeyDialogs = lazy(async () => ({ default: (await load()).KeyDialogs }));

/**
 * The dialogs of the keys, held above the list that they change: what a dialog shows must outlive its
 * row.
 *
 * @param onDeleted called once a key is gone
 */
export function useKeyDialogs(onDeleted?: (apiKey: Key) => void): {
  readonly ask: (asked: Asked) => void;
  /** To be drawn beside the list. */
  readonly dialogs: ReactNode;
} {
  const [asked, setAsked] = useState<{ asked: Asked; time: number } | null>(null);
  const [open, setOpen] = useState(false);

  // Fetched as soon as the person does anything, so that the first dialog opens at once.
  useEffect(() => {
    const gestures = ['pointermove', 'pointerdown', 'keydown'] as const;
    const fetchOnce = () => {
      for (const gesture of gestures) removeEventListener(gesture, fetchOnce);
      void load();
    };
    for (const gesture of gestures) addEventListener(gesture, fetchOnce, { passive: true });
    return () => {
      for (const gesture of gestures) removeEventListener(gesture, fetchOnce);
    };
  }, []);

  return {
    ask(next) {
      setAsked((before) => ({ asked: next, time: (before?.time ?? 0) + 1 }));
      setOpen(true);
    },
    dialogs: asked && (
      <Suspense fallback={null}>
        <KeyDialogs
          key={asked.time}
          asked={asked.asked}
          open={open}
          onOpenChange={setOpen}
          onDeleted={onDeleted}
        />
      </Suspense>
    ),
  };
}
