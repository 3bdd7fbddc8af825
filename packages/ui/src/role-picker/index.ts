export { RolePicker } from './RolePicker.tsx';
export type { RolePickerProps } from './RolePicker.tsx';
