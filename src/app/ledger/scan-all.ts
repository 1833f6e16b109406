import type { Aggregate, Store } from '../../ports/store.ts';

type StateOf<T extends Aggregate['type']> = Extract<Aggregate, { readonly type: T }>['state'];

/** Everything of one kind; pages until the end. */
export const scanAll = async <T extends 'obligation' | 'watch' | 'round' | 'handover' | 'request' | 'appeal'>(
  store: Pick<Store, 'scan'>,
  type: T,
): Promise<readonly StateOf<T>[]> => {
  const found: StateOf<T>[] = [];
  let cursor: string | null = '0';
  while (cursor !== null) {
    const page: Awaited<ReturnType<Store['scan']>> = await store.scan(type, cursor);
    for (const { aggregate } of page.items) if (aggregate.type === type) found.push(aggregate.state as StateOf<T>);
    cursor = page.cursor;
  }
  return found;
};

/** Remembers an answer for a short while, so that many readers cost one reading; who comes meanwhile waits for it. */
export const remember = <T>(load: () => Promise<T>, realNow: () => number, keepMs: number): (() => Promise<T>) => {
  let kept: { readonly at: number; readonly value: Promise<T> } | undefined;
  return () => {
    if (kept && realNow() - kept.at < keepMs) return kept.value;
    const mine = { at: realNow(), value: load() };
    kept = mine;
    mine.value.catch(() => {
      if (kept === mine) kept = undefined;
    });
    return mine.value;
  };
};
