/** Something at an instant; what stands at the same instant comes by `tie`. */
export type Timed<Tie extends number | string = number> = { readonly at: number; readonly tie: Tie };

const isBefore = (one: Timed<number | string>, other: Timed<number | string>): boolean =>
  one.at < other.at || (one.at === other.at && one.tie < other.tie);

/** A heap, for there are many thousands of them. */
export const createHeap = <T extends Timed<number | string>>() => {
  const entries: T[] = [];
  const swap = (one: number, other: number): void => {
    [entries[one], entries[other]] = [entries[other]!, entries[one]!];
  };
  const push = (entry: T): void => {
    entries.push(entry);
    for (let at = entries.length - 1; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!isBefore(entries[at]!, entries[parent]!)) return;
      swap(at, parent);
      at = parent;
    }
  };
  const pop = (): T | undefined => {
    const first = entries[0];
    const last = entries.pop();
    if (!first || !last || entries.length === 0) return first;
    entries[0] = last;
    for (let at = 0; ;) {
      const left = at * 2 + 1;
      if (left >= entries.length) return first;
      const right = left + 1;
      const least = right < entries.length && isBefore(entries[right]!, entries[left]!) ? right : left;
      if (!isBefore(entries[least]!, entries[at]!)) return first;
      swap(at, least);
      at = least;
    }
  };
  return { push, pop, peek: () => entries[0] };
};
