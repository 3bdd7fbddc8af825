export { KeyStatusBadges, StatusBadge } from './StatusBadge.tsx';
export type { KeyStatusBadgesProps } from './StatusBadge.tsx';
