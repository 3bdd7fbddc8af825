export { KebabMenu, Menu } from './KebabMenu.tsx';
export type { KebabMenuProps, MenuItem, MenuProps } from './KebabMenu.tsx';
