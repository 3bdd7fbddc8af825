/** Checks API keys in your own process. */
export type { Identity, RefusalCode, Verdict } from './verdict.ts';
export { ServerError } from './api.ts';
export {
  createVerifier,
  type Credential,
  type Verifier,
  type VerifierOptions,
} from './verifier.ts';
