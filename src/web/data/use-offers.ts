import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, getJson } from './api.ts';
import { useMay } from './session.ts';
import { usePage } from './store.ts';
import type { Offer } from './types.ts';

type Read = { readonly path: string; readonly items: readonly Offer[] };

/** Real ms between two looks while nothing is pressed: what others do is seen soon, and walls of many rest. */
const restMs = 2_000;

/**
 * What whoever looks may do about something, read again as the wall moves and after each press. What was read stays until
 * the next: nothing moves away under a finger.
 */
export const useOffers = (path: string): { readonly offers: readonly Offer[]; readonly again: () => void } => {
  const mayDo = useMay('speak');
  const at = usePage('wall')?.at;
  const [edition, setEdition] = useState(0);
  const [read, setRead] = useState<Read | null>(null);
  const asked = useRef({ path: '', edition: 0, atMs: 0 });
  useEffect(() => {
    if (!mayDo) return undefined;
    const ask = (): void => {
      asked.current = { path, edition, atMs: performance.now() };
      getJson<{ readonly items: readonly Offer[] }>(path)
        // what was asked before a press says nothing of what came of it; the wall moving on takes nothing from an answer
        .then(({ items }) => asked.current.path === path && asked.current.edition === edition && setRead({ path, items }))
        .catch((error: unknown) => {
          if (error instanceof ApiError && error.status === 404) asked.current = { ...asked.current, atMs: Number.POSITIVE_INFINITY };
        });
    };
    // what is not there does not come back: ids are never used again
    if (asked.current.path === path && asked.current.edition === edition && asked.current.atMs === Number.POSITIVE_INFINITY)
      return undefined;
    const isNew = asked.current.path !== path || asked.current.edition !== edition;
    const waiting = setTimeout(ask, isNew ? 0 : Math.max(0, asked.current.atMs + restMs - performance.now()));
    return () => clearTimeout(waiting);
  }, [path, at, edition, mayDo]);
  const again = useCallback(() => setEdition((before) => before + 1), []);
  return { offers: mayDo && read !== null && read.path === path ? read.items : [], again };
};
