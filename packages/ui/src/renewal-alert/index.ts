export { RenewalAlert } from './RenewalAlert.tsx';
export type { RenewalAlertProps } from './RenewalAlert.tsx';
