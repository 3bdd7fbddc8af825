export { EditKeyDialog } from './EditKeyDialog.tsx';
export type { EditKeyDialogProps, EditKeyInput } from './EditKeyDialog.tsx';
