import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';

const usual = 52;

/**
 * How tall rows are as they are drawn now: less in compact density, more as cards. The nearer this is
 * to the truth, the less a virtual table has to correct itself while it scrolls.
 */
export function useRowHeight(frame: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(usual);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const heights = [...element.querySelectorAll<HTMLElement>('[data-grid-row]')].map(
        (row) => row.offsetHeight,
      );
      if (heights.length > 0) setHeight(Math.min(...heights));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return height;
}
