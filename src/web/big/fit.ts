import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';

/** A part of a pixel is no cut. */
const slackPx = 1;

/** Leaves out what would be cut off or stand below: from the first that does not fit on. Resolves to how many are left. */
const fitInto = (place: HTMLElement): number => {
  const all = [...place.querySelectorAll<HTMLElement>('[data-fit]')];
  for (const each of all) each.hidden = false;
  const limit = place.getBoundingClientRect().bottom + slackPx;
  const cut = all.findIndex((each) => each.getBoundingClientRect().bottom > limit);
  if (cut === -1) return all.length;
  for (const each of all.slice(cut)) each.hidden = true;
  return cut;
};

/**
 * How many of the elements marked `data-fit` below `place` fit into it whole, in their order; the others are hidden. Nobody
 * scrolls a screen on a wall. Where the place grows with what is in it, all do.
 */
export const useFit = (place: RefObject<HTMLElement | null>): number => {
  const [count, setCount] = useState(0);
  const fit = (): void => setCount(place.current ? fitInto(place.current) : 0);
  // after each drawing: any word may have made its tile higher
  useLayoutEffect(fit);
  useEffect(() => {
    if (!place.current) return undefined;
    const watching = new ResizeObserver(fit);
    watching.observe(place.current);
    return () => watching.disconnect();
  }, [place]);
  return count;
};
