export { RoleList } from './RoleList.tsx';
export type { RoleListProps } from './RoleList.tsx';
