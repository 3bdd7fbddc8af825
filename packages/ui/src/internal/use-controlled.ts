import { useState } from 'react';

/** A value that its owner controls, or that starts at a default and is kept here. */
export function useControlled<Value>(
  value: Value | undefined,
  defaultValue: Value,
  onChange: ((value: Value) => void) | undefined,
): readonly [Value, (next: Value) => void] {
  const [own, setOwn] = useState(defaultValue);
  const set = (next: Value) => {
    if (value === undefined) setOwn(next);
    onChange?.(next);
  };
  return [value === undefined ? own : value, set];
}

/** Either both `value` and its change handler, or neither: half-controlled does not compile. */
export type Controllable<Name extends string, Value> =
  | ({ readonly [K in Name]: Value } & {
      readonly [K in `on${Capitalize<Name>}Change`]: (value: Value) => void;
    } & { readonly [K in `default${Capitalize<Name>}`]?: never })
  | ({ readonly [K in Name]?: never } & {
      readonly [K in `on${Capitalize<Name>}Change`]?: (value: Value) => void;
    } & { readonly [K in `default${Capitalize<Name>}`]?: Value });
