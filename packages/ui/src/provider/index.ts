export { LatchkeyProvider, useLatchkey } from './LatchkeyProvider.tsx';
export type {
  Density,
  Direction,
  LatchkeyProviderProps,
  RootAttributes,
  Theme,
} from './LatchkeyProvider.tsx';
export type { Format } from './format.ts';
