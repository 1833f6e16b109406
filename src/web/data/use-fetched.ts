import { useEffect, useState } from 'preact/hooks';
import { ApiError, getJson } from './api.ts';
import { usePage } from './store.ts';

/** `null` while it is read for the first time, `missing` where the service knows nothing of it or says no. */
export type Fetched<T> = T | null | 'missing';

/** What a path of the API gives, read again whenever the wall has moved; what was read stays while the connection is lost. */
export const useFetched = <T>(path: string | null): Fetched<T> => {
  const at = usePage('wall')?.at;
  const [read, setRead] = useState<{ readonly path: string; readonly value: Fetched<T> } | null>(null);
  // what is not there does not come back: ids are never used again
  const isMissing = read !== null && read.path === path && read.value === 'missing';
  useEffect(() => {
    if (path === null || isMissing) return undefined;
    let isWanted = true;
    getJson<T>(path)
      .then((value) => isWanted && setRead({ path, value }))
      .catch((error: unknown) => {
        const isNo = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
        if (isWanted && isNo) setRead({ path, value: 'missing' });
      });
    return () => {
      isWanted = false;
    };
  }, [path, at, isMissing]);
  return read !== null && read.path === path ? read.value : null;
};
