export { tokens } from './tokens.generated.ts';
