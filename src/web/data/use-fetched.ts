import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, getJson } from './api.ts';
import { usePage } from './store.ts';

/** `null` while it is read for the first time, `missing` where the service knows nothing of it or says no. */
export type Fetched<T> = T | null | 'missing';

/** In a rush the wall moves many times a second; what is beside it is read no more often than this, real ms. */
const restMs = 1_000;

/**
 * What a path of the API gives, read again whenever the wall has moved; what was read stays while the connection is lost. `stir`:
 * where this becomes another it is read at once. `get`: one and the same function at each call.
 */
export const useFetched = <T>(
  path: string | null,
  everyMs = restMs,
  stir = '',
  get: (path: string) => Promise<T> = getJson,
): Fetched<T> => {
  const at = usePage('wall')?.at;
  const [read, setRead] = useState<{ readonly path: string; readonly value: Fetched<T> } | null>(null);
  const asked = useRef<{ readonly path: string | null; readonly atMs: number; readonly stir: string }>({ path: null, atMs: 0, stir });
  // what is not there does not come back: ids are never used again
  const isMissing = read !== null && read.path === path && read.value === 'missing';
  useEffect(() => {
    if (path === null || isMissing) return undefined;
    const ask = (): void => {
      asked.current = { path, atMs: performance.now(), stir };
      get(path)
        .then((value) => asked.current.path === path && setRead({ path, value }))
        .catch((error: unknown) => {
          const isNo = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
          if (isNo && asked.current.path === path) setRead({ path, value: 'missing' });
        });
    };
    const isWanted = asked.current.path !== path || asked.current.stir !== stir;
    const waitMs = isWanted ? 0 : Math.max(0, asked.current.atMs + everyMs - performance.now());
    const waiting = setTimeout(ask, waitMs);
    return () => clearTimeout(waiting);
  }, [path, at, isMissing, everyMs, stir, get]);
  return read !== null && read.path === path ? read.value : null;
};
