export { GenerateKeyDialog } from './GenerateKeyDialog.tsx';
export type { GenerateKeyDialogProps, GenerateKeyInput } from './GenerateKeyDialog.tsx';
