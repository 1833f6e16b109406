/** A part of a whole, 0 to 1, to the tenth of a percent; what is not all or nothing never looks so. */
export const shareText = (share: number): string => {
  const tenths = Math.round(share * 1_000);
  const shown = share > 0 && share < 1 ? Math.min(999, Math.max(1, tenths)) : tenths;
  return `${(shown / 10).toFixed(1)}%`;
};
