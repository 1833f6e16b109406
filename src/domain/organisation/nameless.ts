/**
 * Ids of whom only the id is known any more: what was told of them last has been removed from beside the ledger. They
 * stand in the replayed state with an empty name, until they are told anew.
 */
export type Nameless = ReadonlySet<string>;

export const tellAnew = (nameless: Nameless, told: readonly { readonly id: string; readonly name: string }[]): Nameless => {
  if (told.length === 0) return nameless;
  const next = new Set(nameless);
  for (const { id, name } of told) {
    if (name === '') next.add(id);
    else next.delete(id);
  }
  return next;
};
