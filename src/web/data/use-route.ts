import { useEffect, useState } from 'preact/hooks';

/** The part of the address that the page itself looks after. */
export const useHash = (): string => {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const look = (): void => setHash(location.hash);
    look();
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return hash;
};

/** Back to the wall, without a new entry to go back through. */
export const leaveDetail = (): void => {
  history.replaceState(null, '', location.pathname + location.search);
  dispatchEvent(new HashChangeEvent('hashchange'));
};
