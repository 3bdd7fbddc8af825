export { SingleAccessLink } from './SingleAccessLink.tsx';
export type { SingleAccessLinkProps } from './SingleAccessLink.tsx';
export { UncopiedLinkConfirm } from './UncopiedLinkConfirm.tsx';
export { useLinkGuard, useUnloadGuard } from './use-link-guard.ts';
export type { LinkStake } from './use-link-guard.ts';
