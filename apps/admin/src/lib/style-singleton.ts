import { useEffect } from 'react';

interface SheetProps {
  readonly styles: string;
  readonly dynamic?: boolean;
}

/**
 * Does what `react-style-singleton` does, which the dialogs' scroll lock asks for its rules, with a
 * constructed style sheet in the place of a `<style>` element: see `build/strict-csp.ts`.
 */
export function styleSingleton() {
  let users = 0;
  const sheet = new CSSStyleSheet();
  return function Sheet({ styles, dynamic }: SheetProps) {
    const changing = dynamic === true && styles;
    useEffect(() => {
      if (users === 0) {
        sheet.replaceSync(styles);
        document.adoptedStyleSheets.push(sheet);
      }
      users += 1;
      return () => {
        users -= 1;
        if (users > 0) return;
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((own) => own !== sheet);
      };
      // The first user's rules hold until the last is gone, unless told that they change.
      // oxlint-disable-next-line react/exhaustive-deps
    }, [changing]);
    return null;
  };
}
