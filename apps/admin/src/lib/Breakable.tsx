import { Fragment } from 'react';

/** An address or another long name: it breaks after its signs, and within a word only where it must. */
export function Breakable({ children }: { readonly children: string }) {
  return (
    <bdi>
      {children.split(/(?<=[@._-])/).map((part, index) => (
        // The parts of one text, which hold no state.
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}
