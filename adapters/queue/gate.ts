/** Lets so many work at a time; the others wait in the order in which they came. */
export type Gate = {
  /** Resolves with what lets go of the place; calling it again does nothing. */
  readonly enter: () => Promise<() => void>;
};

export const createGate = (places: number): Gate => {
  const waiting: (() => void)[] = [];
  let free = places;
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    enter: async () => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => void waiting.push(resolve));
      let hasLeft = false;
      return () => {
        if (hasLeft) return;
        hasLeft = true;
        leave();
      };
    },
  };
};
