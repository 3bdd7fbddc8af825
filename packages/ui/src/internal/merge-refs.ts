import type { Ref, RefCallback } from 'react';

function give<Element>(ref: Ref<Element> | undefined, element: Element | null): void {
  if (typeof ref === 'function') ref(element);
  else if (ref) ref.current = element;
}

/** A ref that gives an element to its owner and to us. */
export function mergeRefs<Element>(
  ...refs: readonly (Ref<Element> | undefined)[]
): RefCallback<Element> {
  return (element) => {
    for (const ref of refs) give(ref, element);
  };
}
