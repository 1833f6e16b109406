/** What was found so recently is found no other way by looking again, real ms. */
const freshMs = 1_000;

/**
 * One look for all who ask meanwhile and within a second after it: probes are never refused, and however many come cost no more.
 * `isKept`: what is over as soon as somebody looks again is found out anew.
 */
export const sharedLook = <T>(
  look: () => Promise<T>,
  realNow: () => number = () => performance.now(),
  isKept: (found: T) => boolean = () => true,
): (() => Promise<T>) => {
  let found: Promise<T> | undefined;
  let freshUntil = Number.POSITIVE_INFINITY;
  return () => {
    if (found !== undefined && realNow() < freshUntil) return found;
    freshUntil = Number.POSITIVE_INFINITY;
    const own = look();
    found = own;
    own.then(
      (value) => void (isKept(value) ? (freshUntil = realNow() + freshMs) : (found = undefined)),
      () => void (found = undefined),
    );
    return own;
  };
};
