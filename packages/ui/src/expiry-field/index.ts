export { ExpiryField, expiryChoice, useExpiry } from './ExpiryField.tsx';
export type { ExpiryChoice, ExpiryFieldProps } from './ExpiryField.tsx';
