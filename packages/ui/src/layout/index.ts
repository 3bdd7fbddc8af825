export { AppShell, NavItem } from './AppShell.tsx';
export type { AppShellProps, NavItemProps } from './AppShell.tsx';
export { Card, DescriptionList, PageHeader, Stat, Toolbar } from './Page.tsx';
export type { CardProps, DescriptionListProps, PageHeaderProps, StatProps } from './Page.tsx';
