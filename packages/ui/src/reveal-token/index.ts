export { RevealToken } from './RevealToken.tsx';
export type { Credential, CredentialOffer, OfferState, RevealTokenProps } from './RevealToken.tsx';
