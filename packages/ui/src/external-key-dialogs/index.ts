export { AddExternalKeyDialog, EditExternalKeyDialog } from './ExternalKeyDialogs.tsx';
export type {
  AddExternalKeyDialogProps,
  AddExternalKeyInput,
  EditExternalKeyDialogProps,
} from './ExternalKeyDialogs.tsx';
