export { Field, FieldError, useFieldControl } from './Field.tsx';
export type { FieldOptions } from './Field.tsx';
