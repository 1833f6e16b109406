import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** So near its end, the list is being read at its end. */
const nearPx = 48;

/**
 * Keeps the end of a list in sight while it is read there: when something is added, when a card is drawn or grows, when
 * a keyboard opens or a window is turned. Whoever has scrolled up to read stays there, until they say something.
 * @param spoken How many messages are the reader's own: one more brings them to the end.
 */
export const useKeptAtEnd = (list: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>, spoken: number): void => {
  useLayoutEffect(() => {
    const [box, inner] = [list.current, content.current];
    if (!box || !inner) return undefined;
    let isAtEnd = true;
    let top = 0;
    const toEnd = (): void => {
      if (isAtEnd) box.scrollTop = box.scrollHeight;
      top = box.scrollTop;
    };
    const look = (): void => {
      // Growth by itself is no reader's move: only a list that was scrolled up is left alone.
      const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx;
      if (isNear) isAtEnd = true;
      else if (box.scrollTop < top) isAtEnd = false;
      top = box.scrollTop;
    };
    const keep = new ResizeObserver(toEnd);
    box.addEventListener('scroll', look, { passive: true });
    keep.observe(box);
    keep.observe(inner);
    toEnd();
    return () => {
      box.removeEventListener('scroll', look);
      keep.disconnect();
    };
  }, [list, content, spoken]);
};
