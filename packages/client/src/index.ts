/** A small typed client of Latchkey's REST API. */
export { createClient, type Client, type ClientOptions } from './client.ts';
export { LatchkeyError } from './latchkey-error.ts';
export type {
  ApiKey,
  IssuedLink,
  KeyPage,
  KeyQuery,
  LinkPreview,
  RedeemedCredential,
  Role,
  VerificationRequest,
  VerificationResult,
} from './contract.ts';
