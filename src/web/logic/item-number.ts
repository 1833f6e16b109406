/** The number that an item was handed over with, as it stands in its id; empty for what has none of its own. */
export const numberOf = (itemId: string): string => /^i(?:[^.]+\.n)?([^.]+)$/u.exec(itemId)?.[1] ?? '';
