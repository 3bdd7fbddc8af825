export { TextField } from './TextField.tsx';
export type { TextFieldProps } from './TextField.tsx';
export { TextArea } from './TextArea.tsx';
export type { TextAreaProps } from './TextArea.tsx';
export { DateTimeField } from './DateTimeField.tsx';
export type { DateTimeFieldProps } from './DateTimeField.tsx';
