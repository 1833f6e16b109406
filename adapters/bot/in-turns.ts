/** Does all of it, a few at a time. */
export const inTurns = async (work: readonly (() => Promise<void>)[], atATime: number): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < work.length; at = next++) await work[at]!();
  };
  await Promise.all(Array.from({ length: Math.min(atATime, work.length) }, worker));
};
