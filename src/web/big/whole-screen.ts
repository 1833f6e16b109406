import { useEffect } from 'preact/hooks';
import { leaveDetail } from '../data/use-route.ts';

/** Back to the page, and to the button that leads here. */
export const leaveBig = (): void => {
  if (document.fullscreenElement) void document.exitFullscreen();
  leaveDetail();
  // the page is drawn anew by then
  setTimeout(() => document.querySelector<HTMLElement>('.to-big')?.focus());
};

/** Escape leaves; so does leaving the full screen, for there the browser keeps that key to itself. */
export const useEscape = (): void => {
  useEffect(() => {
    let wasWhole = document.fullscreenElement !== null;
    const press = ({ key }: KeyboardEvent): void => void (key === 'Escape' && leaveBig());
    const turn = (): void => {
      const isWhole = document.fullscreenElement !== null;
      if (wasWhole && !isWhole) leaveBig();
      wasWhole = isWhole;
    };
    addEventListener('keydown', press);
    document.addEventListener('fullscreenchange', turn);
    return () => {
      removeEventListener('keydown', press);
      document.removeEventListener('fullscreenchange', turn);
    };
  }, []);
};

/** Nobody touches a screen on a wall: it must not go dark for that. A browser takes this back whenever the page is not seen. */
export const useAwake = (): void => {
  useEffect(() => {
    // not on plain http, and not in every browser
    if (!('wakeLock' in navigator)) return undefined;
    let isHere = true;
    let lock: WakeLockSentinel | undefined;
    const hold = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      const held = await navigator.wakeLock.request('screen').catch(() => undefined);
      if (isHere) lock = held;
      else void held?.release();
    };
    const again = (): void => void hold();
    again();
    document.addEventListener('visibilitychange', again);
    return () => {
      isHere = false;
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, []);
};
