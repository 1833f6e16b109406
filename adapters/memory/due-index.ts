import { createHeap } from '../../src/domain/heap.ts';

/** What is due when, the earliest first and of the same instant by id; what has moved leaves its old place when it comes up. */
export const createDueIndex = (from: Iterable<readonly [string, number]> = []) => {
  const due = new Map<string, number>();
  const heap = createHeap<{ readonly at: number; readonly tie: string }>();
  const isCurrent = (entry: { readonly at: number; readonly tie: string } | undefined): boolean =>
    entry !== undefined && due.get(entry.tie) === entry.at;
  const set = (id: string, at: number): void => {
    if (due.get(id) === at) return;
    due.set(id, at);
    heap.push({ at, tie: id });
  };
  const earliest = (): { readonly at: number; readonly tie: string } | undefined => {
    while (heap.peek() !== undefined && !isCurrent(heap.peek())) heap.pop();
    return heap.peek();
  };
  for (const [id, at] of from) set(id, at);
  return {
    set,
    delete: (id: string): void => void due.delete(id),
    has: (id: string): boolean => due.has(id),
    get: (id: string): number | undefined => due.get(id),
    entries: (): Iterable<readonly [string, number]> => due,
    nextAt: (): number | undefined => earliest()?.at,
    /** At most `limit` that are due, which stay where they are until they are moved or taken out. */
    dueBy: (now: number, limit: number): readonly (readonly [string, number])[] => {
      const found = new Map<string, number>();
      for (let next = earliest(); next && next.at <= now && found.size < limit; next = earliest()) {
        heap.pop();
        // moved away and back again, it stands here twice
        found.set(next.tie, next.at);
      }
      for (const [id, at] of found) heap.push({ at, tie: id });
      return [...found];
    },
  };
};
