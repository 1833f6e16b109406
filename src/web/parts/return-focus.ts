import { useLayoutEffect, useRef } from 'preact/hooks';

const hasFocus = (element: HTMLElement | null, options: FocusOptions = {}): boolean => {
  element?.focus(options);
  return element !== null && document.activeElement === element;
};

/**
 * Whoever closes what lay open goes on where they had opened it, or at the link that has moved meanwhile; where that is
 * gone, at `otherwise`. The focus of whoever has gone on elsewhere already stays there. The function that comes back says
 * of the next closing where it leads, as a selector.
 */
export const useReturnedFocus = (isOpen: boolean, otherwise: string): ((place: string) => void) => {
  const leadsTo = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    const { activeElement } = document;
    const opener = activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : null;
    const href = opener?.getAttribute('href') ?? null;
    return () => {
      const place = leadsTo.current;
      leadsTo.current = null;
      if (document.activeElement !== document.body) return;
      if (place !== null && hasFocus(document.querySelector<HTMLElement>(place), { preventScroll: true })) return;
      if (hasFocus(opener)) return;
      if (href !== null && hasFocus(document.querySelector<HTMLElement>(`a[href="${CSS.escape(href)}"]`))) return;
      hasFocus(document.querySelector<HTMLElement>(otherwise), { preventScroll: true });
    };
  }, [isOpen, otherwise]);
  return (place) => {
    leadsTo.current = place;
  };
};
