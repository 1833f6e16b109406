const units = ['B', 'KB', 'MB'] as const;

/** As file managers say it: `812 B`, `1.4 MB`. */
export const toFileSize = (bytes: number): string => {
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const size = bytes / 1024 ** power;
  return `${size < 10 && power > 0 ? size.toFixed(1) : Math.round(size)} ${units[power]}`;
};
