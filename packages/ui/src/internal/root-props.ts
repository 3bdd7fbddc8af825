import type { ComponentProps } from 'react';

/** What a part gives on to its root: any attribute but those that the part says itself. */
export type RootProps = Omit<
  ComponentProps<'div'>,
  'children' | 'defaultValue' | 'dir' | 'onChange' | 'role'
>;
