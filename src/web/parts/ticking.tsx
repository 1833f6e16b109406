import { useEffect, useRef, useState } from 'preact/hooks';
import { pageStore } from '../data/store.ts';
import { type ClockReading, nowOf } from '../logic/virtual-clock.ts';

const listeners = new Set<() => void>();
const tickMs = 250;

const beat = (): void => {
  for (const listener of listeners) listener();
};
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for the whole page; a listener renders again only when its words are others. */
const onTick = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(beat, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** A text made from the campaign's clock, kept true while it runs. A wall has thousands: they hear the tick and not each news. */
export const useTicking = <T extends string | null>(format: (nowMs: number, clock: ClockReading) => T): T | null => {
  const make = (): T | null => {
    const { clock } = pageStore.get();
    return clock ? format(nowOf(clock, performance.now()), clock) : null;
  };
  const text = make();
  const [, show] = useState<T | null>(text);
  const latest = useRef(make);
  latest.current = make;
  useEffect(() => onTick(() => show(latest.current())), []);
  return text;
};
