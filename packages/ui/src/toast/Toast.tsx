import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import * as RadixToast from 'radix-ui/toast';
import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { IconButton } from '../button/IconButton.tsx';
import { useLatchkey } from '../provider/LatchkeyProvider.tsx';
import styles from './Toast.module.css';

export type ToastTone = 'success' | 'info' | 'danger';

export interface ToastOptions {
  readonly title: string;
  readonly description?: string | undefined;
  readonly tone?: ToastTone | undefined;
  /** One thing that can be done about it, such as Undo. */
  readonly action?: { readonly label: string; readonly onClick: () => void } | undefined;
}

interface Shown extends ToastOptions {
  readonly id: number;
}

const icons = {
  success: CircleCheck,
  info: Info,
  danger: CircleAlert,
} as const satisfies Record<ToastTone, unknown>;

const Context = createContext<((options: ToastOptions) => void) | null>(null);

/** Shows a toast. Needs a `ToastProvider` above. Never put a secret into one. */
export function useToast(): (options: ToastOptions) => void {
  const show = useContext(Context);
  if (!show)
    throw new Error('useToast needs a <ToastProvider> above it: wrap the application in one.');
  return show;
}

/** Like `useToast`, for what also works without a provider: null then. */
export function useOptionalToast(): ((options: ToastOptions) => void) | null {
  return useContext(Context);
}

export interface ToastProviderProps {
  readonly children: ReactNode;
  /** How long one stays, in milliseconds. Hover and focus hold it. */
  readonly duration?: number | undefined;
}

/** Holds the toasts: short news of what was done. F8 moves focus to them. */
export function ToastProvider({ children, duration = 6000 }: ToastProviderProps) {
  const { messages } = useLatchkey();
  const [toasts, setToasts] = useState<readonly Shown[]>([]);
  const next = useRef(0);
  const show = useCallback((options: ToastOptions) => {
    next.current += 1;
    const id = next.current;
    setToasts((before) => [...before.slice(-2), { ...options, id }]);
  }, []);
  const hide = useCallback((id: number) => {
    setToasts((before) => before.filter((toast) => toast.id !== id));
  }, []);
  const { rootAttributes } = useLatchkey();
  const direction = useMemo(
    () => (rootAttributes.dir === 'rtl' ? 'left' : 'right'),
    [rootAttributes],
  );
  return (
    <Context value={show}>
      <RadixToast.Provider duration={duration} swipeDirection={direction}>
        {children}
        {toasts.map((toast) => (
          <Toast key={toast.id} {...toast} onClose={() => hide(toast.id)} />
        ))}
        <RadixToast.Viewport
          {...rootAttributes}
          className={styles.viewport}
          label={messages.common.notifications}
        />
      </RadixToast.Provider>
    </Context>
  );
}

function Toast({
  title,
  description,
  tone = 'success',
  action,
  onClose,
}: Shown & { onClose: () => void }) {
  const { messages } = useLatchkey();
  const Icon = icons[tone];
  return (
    <RadixToast.Root
      className={styles.toast}
      data-tone={tone}
      type={tone === 'danger' ? 'foreground' : 'background'}
      onOpenChange={(open) => !open && onClose()}
    >
      <Icon size={18} aria-hidden className={styles.icon} />
      <div className={styles.words}>
        <RadixToast.Title className={styles.title}>{title}</RadixToast.Title>
        {description && <RadixToast.Description>{description}</RadixToast.Description>}
      </div>
      {action && (
        <RadixToast.Action
          altText={action.label}
          className={styles.action}
          onClick={action.onClick}
        >
          {action.label}
        </RadixToast.Action>
      )}
      <RadixToast.Close asChild>
        <IconButton size="sm" label={messages.common.dismiss} icon={<X size={16} aria-hidden />} />
      </RadixToast.Close>
    </RadixToast.Root>
  );
}
