import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';

const Place = createContext<HTMLElement | null>(null);

/** Says where in the header of the keys' pages a tab puts what can be done there. */
export const HeaderActionsPlace = Place.Provider;

/** What can be done on a tab of the keys, drawn in the header that the tabs share. */
export function HeaderActions({ children }: { readonly children: ReactNode }) {
  const place = useContext(Place);
  return place && createPortal(children, place);
}
