export { UsageImpact } from './UsageImpact.tsx';
export type { UsageImpactProps } from './UsageImpact.tsx';
