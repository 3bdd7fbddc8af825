export { RenewalSettings } from './RenewalSettings.tsx';
export type { RenewalPeriodMonths, RenewalSettingsProps } from './RenewalSettings.tsx';
