/** For the work in hand at the end, real ms. Work that waits for a Redis that is away would wait for ever. */
export const graceMs = 5_000;

/** What has begun, to be ended in the opposite order where the rest could not. */
export type Begun = (() => unknown)[];

export const endAll = async (begun: Begun): Promise<void> => {
  for (const end of begun.toReversed()) {
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, graceMs);
    await Promise.race([
      Promise.resolve()
        .then(end)
        .catch(() => {}),
      late.promise,
    ]);
    clearTimeout(timer);
  }
};
