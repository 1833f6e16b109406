import { useEffect, useState } from 'preact/hooks';

/** Between two attempts to fetch what did not come, real ms. */
const againMs = 3_000;

export type Late<T> = { readonly part: T | null; readonly isAway: boolean };

/**
 * A part of the page that comes only when it is asked for. Where the connection is lost just then it is asked for again
 * until it comes: a phone in a lift must not stand before an empty panel.
 * `load` is one and the same function at each call.
 */
export const useLate = <T>(load: () => Promise<T>): Late<T> => {
  const [late, setLate] = useState<Late<T>>({ part: null, isAway: false });
  useEffect(() => {
    let isHere = true;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      load().then(
        (part) => isHere && setLate({ part, isAway: false }),
        () => {
          if (!isHere) return;
          setLate({ part: null, isAway: true });
          waiting = setTimeout(ask, againMs);
        },
      );
    };
    ask();
    return () => {
      isHere = false;
      clearTimeout(waiting);
    };
  }, [load]);
  return late;
};
