export { KeyStatusBadges, StatusBadge } from './StatusBadge.tsx';
export type { KeyStatusBadgesProps, StatusBadgeProps } from './StatusBadge.tsx';
