/** Each bucket ends a tenth above the one before: percentiles from counts alone, exact to a tenth. */
const growth = 1.1;
const longest = Math.ceil(Math.log(600_000) / Math.log(growth));

export const bucketOf = (ms: number): number => (ms <= 1 ? 0 : Math.min(longest, Math.ceil(Math.log(ms) / Math.log(growth))));

const endOf = (bucket: number): number => Math.round(growth ** bucket);

/** Nearest rank over counts by bucket: the end of the bucket in which it lies, ms. NaN where nothing was counted. */
export const percentileOf = (counts: readonly (readonly [bucket: number, count: number])[], share: number): number => {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [bucket, count] of counts.toSorted(([one], [other]) => one - other)) {
    seen += count;
    if (seen >= total * share) return endOf(bucket);
  }
  return Number.NaN;
};
