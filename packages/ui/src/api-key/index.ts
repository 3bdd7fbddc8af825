export type * from './types.ts';
export * from './rules.ts';
export { keyActions, offeredActions } from './actions.ts';
export type { Blocked, KeyAction, OfferedAction } from './actions.ts';
