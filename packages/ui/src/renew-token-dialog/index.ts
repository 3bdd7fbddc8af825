export { RenewTokenDialog } from './RenewTokenDialog.tsx';
export type { RenewTokenDialogProps } from './RenewTokenDialog.tsx';
export { ScheduleDialog } from './ScheduleDialog.tsx';
export type { ScheduleDialogProps } from './ScheduleDialog.tsx';
