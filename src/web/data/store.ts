import { useEffect, useState } from 'preact/hooks';
import type { ClockReading } from '../logic/virtual-clock.ts';
import type { Session } from './session-types.ts';
import type { Obligation, Person, RosterRow, Row, Wall } from './types.ts';

export type PageState = {
  /** Null until it is known who looks. */
  readonly session: Session | null;
  readonly wall: Wall | null;
  readonly clock: ClockReading | null;
  /** Whether the last request came back; `refused`: it came back with a no. */
  readonly link: 'connecting' | 'live' | 'lost' | 'refused';
  /** The service has another page by now, and this one was not left for it. */
  readonly isOutdated: boolean;
  readonly people: readonly Person[];
  readonly roster: readonly RosterRow[];
  /** What waits for whoever is signed in. */
  readonly ownMatters: readonly Obligation[];
  /** Oldest first, the newest few hundred. */
  readonly rows: readonly Row[];
  /** From where on there are more rows to be read. */
  readonly olderThan: string | null;
  /** Until then nobody can say that there are none. */
  readonly areRowsRead: boolean;
};

export const createStore = <T extends object>(initial: T) => {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: (): T => state,
    set: (change: Partial<T>): void => {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

export type Store<T extends object> = ReturnType<typeof createStore<T>>;

export const pageStore: Store<PageState> = createStore<PageState>({
  session: null,
  wall: null,
  clock: null,
  link: 'connecting',
  isOutdated: false,
  people: [],
  roster: [],
  ownMatters: [],
  rows: [],
  olderThan: null,
  areRowsRead: false,
});

/** A part of the state; renders again only when that part is another. */
export const usePage = <K extends keyof PageState>(key: K): PageState[K] => {
  const [value, setValue] = useState(() => pageStore.get()[key]);
  useEffect(() => {
    const look = (): void => setValue(() => pageStore.get()[key]);
    look();
    return pageStore.subscribe(look);
  }, [key]);
  return value;
};
