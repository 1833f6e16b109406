/** What is known already is replaced where it stands, what is new comes behind. */
export const mergeById = <T extends { readonly id: string }>(before: readonly T[], told: readonly T[]): readonly T[] => {
  if (told.length === 0) return before;
  const changed = new Map(told.map((one) => [one.id, one]));
  const known = new Set(before.map(({ id }) => id));
  return [...before.map((one) => changed.get(one.id) ?? one), ...told.filter(({ id }) => !known.has(id))];
};
