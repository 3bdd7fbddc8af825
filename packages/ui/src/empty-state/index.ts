export { EmptyState, ErrorState, ForbiddenState } from './EmptyState.tsx';
export type { EmptyStateProps, ErrorStateProps } from './EmptyState.tsx';
