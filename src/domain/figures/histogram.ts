/**
 * Times counted in bins, so that a month of them weighs no more than a day: whole seconds up to an hour, whole minutes
 * above. A quantile is therefore at most a second too small below an hour, and at most a minute above it.
 */
export type Histogram = { readonly bins: ReadonlyMap<number, number>; readonly count: number };

export type GrowingHistogram = { readonly bins: Map<number, number>; count: number };

export const emptyHistogram = (): GrowingHistogram => ({ bins: new Map(), count: 0 });

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** The least time of the bin that a time falls into, ms. */
export const binOf = (ms: number): number => (ms < hour ? Math.floor(Math.max(0, ms) / second) * second : Math.floor(ms / minute) * minute);

export const addTime = (histogram: GrowingHistogram, ms: number): void => {
  const bin = binOf(ms);
  histogram.bins.set(bin, (histogram.bins.get(bin) ?? 0) + 1);
  histogram.count += 1;
};

/** `share` 0.95 is the time that 95% of all stayed at or below (nearest rank), ms; undefined where there are none. */
export const quantileOf = ({ bins, count }: Histogram, share: number): number | undefined => {
  const rank = Math.max(1, Math.ceil(count * share));
  let seen = 0;
  for (const [bin, times] of [...bins].toSorted(([one], [other]) => one - other)) {
    seen += times;
    if (seen >= rank) return bin;
  }
  return undefined;
};
