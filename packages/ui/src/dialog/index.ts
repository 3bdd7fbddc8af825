export { Dialog, DialogBody, DialogFooter, DialogForm, useReturnFocus } from './Dialog.tsx';
export type { DialogProps, DialogState, ReturnFocus } from './Dialog.tsx';
