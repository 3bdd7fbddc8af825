export { BulkStatusConfirm } from './BulkStatusConfirm.tsx';
export type { BulkStatusConfirmProps } from './BulkStatusConfirm.tsx';
export {
  ActivateConfirm,
  DeactivateConfirm,
  DeleteConfirm,
  DeleteOldTokenConfirm,
  RemoveExternalKeyConfirm,
  UndoRenewalConfirm,
  WithdrawLinkConfirm,
} from './KeyConfirms.tsx';
export type {
  ActivateConfirmProps,
  DeactivateConfirmProps,
  DeleteConfirmProps,
  DeleteOldTokenConfirmProps,
  RemoveExternalKeyConfirmProps,
  UndoRenewalConfirmProps,
  WithdrawLinkConfirmProps,
} from './KeyConfirms.tsx';
