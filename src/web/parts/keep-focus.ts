import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * A tile that changes its state moves, and the browser would drop the focus that was in it: whoever walks the wall by
 * keyboard would start again from the top. Elements are known by their `data-key`.
 */
export const useKeptFocus = (place: RefObject<HTMLElement | null>): void => {
  const key = useRef<string | undefined>(undefined);
  // With the elements themselves, and not a frame later: a busy machine shows them long before the next frame.
  useLayoutEffect(() => {
    const note = (event: Event): void => {
      const { target } = event;
      const isInside = event.type === 'focusin' && target instanceof HTMLElement && place.current?.contains(target);
      key.current = isInside ? target.dataset['key'] : undefined;
    };
    document.addEventListener('focusin', note);
    document.addEventListener('pointerdown', note);
    return () => {
      document.removeEventListener('focusin', note);
      document.removeEventListener('pointerdown', note);
    };
  }, [place]);
  useLayoutEffect(() => {
    if (key.current === undefined || document.activeElement !== document.body) return;
    const moved = place.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key.current)}"]`);
    moved?.focus({ preventScroll: true });
  });
};
