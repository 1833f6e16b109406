export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Nothing that happens at all takes longer, however slow the machine is: only what never happens is given up. */
export const patienceMs = 300_000;
