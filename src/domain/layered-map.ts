type Base<K, V> = ReadonlyMap<K, V>;

/** A map, and what is other than in it. Never changed in place. */
class Layered<K, V> implements ReadonlyMap<K, V> {
  readonly base: Base<K, V>;
  readonly changes: ReadonlyMap<K, V | undefined>;
  readonly size: number;

  constructor(base: Base<K, V>, changes: ReadonlyMap<K, V | undefined>) {
    this.base = base;
    this.changes = changes;
    let { size } = base;
    for (const [key, value] of changes) size += Number(value !== undefined) - Number(base.has(key));
    this.size = size;
  }

  get(key: K): V | undefined {
    return this.changes.has(key) ? this.changes.get(key) : this.base.get(key);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  *entries(): MapIterator<[K, V]> {
    for (const [key, value] of this.base) if (!this.changes.has(key)) yield [key, value];
    for (const [key, value] of this.changes) if (value !== undefined) yield [key, value];
    return undefined;
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key;
    return undefined;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
    return undefined;
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  forEach(tell: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) tell(value, key, this);
  }
}

/**
 * The same map with some entries set, or taken out where they are undefined; the one before stays as it is. Costs about
 * the root of its size, for a map of thousands of which one entry changes thousands of times.
 */
export const withEntries = <K, V extends object | string | number>(
  map: ReadonlyMap<K, V>,
  entries: Iterable<readonly [K, V | undefined]>,
): ReadonlyMap<K, V> => {
  const [base, changes] =
    map instanceof Layered
      ? [map.base as Base<K, V>, new Map(map.changes as ReadonlyMap<K, V | undefined>)]
      : [map, new Map<K, V | undefined>()];
  for (const [key, value] of entries) changes.set(key, value);
  const layered = new Layered(base, changes);
  return changes.size * changes.size > base.size ? new Map(layered) : layered;
};
