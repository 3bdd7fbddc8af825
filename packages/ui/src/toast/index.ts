export { ToastProvider, useOptionalToast, useToast } from './Toast.tsx';
export type { ToastOptions, ToastProviderProps, ToastTone } from './Toast.tsx';
