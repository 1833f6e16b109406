/** How often each says that it lives, and how often whoever watches counts, real ms. */
export const tickMs = 1_000;

/**
 * Who has said nothing for too long. Counted in ticks of whoever watches and not by a clock: a machine that slept, or a
 * watcher that was held itself, has then missed ticks of its own and nobody else's words.
 */
export const createSilence = <Who>(mostTicks: number) => {
  const ticksOf = new Map<Who, number>();
  return {
    /** From the first word on: whoever is just beginning may take its time. */
    hear: (who: Who): void => void ticksOf.set(who, 0),
    forget: (who: Who): void => void ticksOf.delete(who),
    /** One more tick; those who have become too silent by it, each once. */
    tick: (): readonly Who[] => {
      for (const [who, ticks] of ticksOf) ticksOf.set(who, ticks + 1);
      const silent = [...ticksOf].filter(([, ticks]) => ticks > mostTicks).map(([who]) => who);
      for (const who of silent) ticksOf.delete(who);
      return silent;
    },
  };
};
