import fc from 'fast-check';

/** One door that is tried with whatever may come: what comes, and what must hold whatever came. */
export type Fuzz = {
  readonly name: string;
  /** Cases of a short run. */
  readonly cases: number;
  readonly open: () => Promise<OpenFuzz>;
};

export type OpenFuzz = {
  readonly property: fc.IAsyncProperty<unknown> | fc.IAsyncPropertyWithHooks<unknown>;
  /** After the last case: what only shows at the end. Throws. */
  readonly judge?: () => Promise<void> | void;
  readonly close: () => Promise<void>;
};

export type Limits = { readonly seed: number; readonly cases?: number; readonly milliseconds?: number; readonly path?: string };

export type Found = { readonly cases: number; readonly report: string | null };

/** Characters of a report: what is shrunk is short. */
const longest = 4_000;
const toTrace = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, longest);

/** `report` is null where everything held; otherwise it has the seed and the smallest input that breaks it. */
export const runFuzz = async ({ name, cases, open }: Fuzz, { seed, cases: wanted, milliseconds, path }: Limits): Promise<Found> => {
  const { property, judge, close } = await open();
  try {
    const details = await fc.check(property, {
      seed,
      numRuns: wanted ?? (milliseconds === undefined ? cases : 10_000_000),
      ...(milliseconds === undefined ? {} : { interruptAfterTimeLimit: milliseconds }),
      ...(path === undefined ? {} : { path }),
      markInterruptAsFailure: false,
    });
    if (details.failed)
      return {
        cases: details.numRuns,
        report: `${name}, seed ${seed}: ${(await fc.asyncDefaultReportMessage(details)).slice(0, longest)}\n${toTrace(details.errorInstance)}`,
      };
    await judge?.();
    return { cases: details.numRuns, report: null };
  } catch (error) {
    return { cases: 0, report: `${name}, seed ${seed}: ${String(error)}` };
  } finally {
    await close();
  }
};

/**
 * Work in proportion to what came: processor time of this process, which a busy machine does not stretch as it does the clock.
 * `perKb` in ms, on top of `atLeast`.
 */
export const withinWork = async <T>(
  bytes: number,
  { atLeast, perKb }: { readonly atLeast: number; readonly perKb: number },
  run: () => Promise<T>,
): Promise<T> => {
  const before = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(before);
  const spentMs = (user + system) / 1_000;
  const mostMs = atLeast + (perKb * bytes) / 1_024;
  if (spentMs > mostMs) throw new Error(`${Math.round(spentMs)} ms of work for ${bytes} bytes, of ${Math.round(mostMs)} at most`);
  return result;
};
