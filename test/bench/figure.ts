/** One measured figure, in the shape that `npm run bench -- --json` promises. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The raw ceiling, or the plain alternative, measured in the same run. */
  readonly limit?: number;
  /** `value` over `limit`. */
  readonly ratio?: number;
  /** How many things were measured. */
  readonly n: number;
  readonly p50?: number;
  readonly p99?: number;
};

const rounded = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

/** Leaves three figures that mean something. */
export const toFigure = (figure: Omit<Figure, 'ratio'>): Figure => ({
  name: figure.name,
  value: rounded(figure.value),
  unit: figure.unit,
  ...(figure.limit === undefined ? {} : { limit: rounded(figure.limit), ratio: Number((figure.value / figure.limit).toPrecision(3)) }),
  n: figure.n,
  ...(figure.p50 === undefined ? {} : { p50: rounded(figure.p50) }),
  ...(figure.p99 === undefined ? {} : { p99: rounded(figure.p99) }),
});

/** Nearest rank: a value that was really measured. NaN where nothing was. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
};

const columns = ['name', 'value', 'unit', 'limit', 'ratio', 'n', 'p50', 'p99'] as const;

export const toLine = (figure: Pick<Figure, 'name'> & Partial<Figure>): string =>
  columns.map((column, at) => (at === 0 ? String(figure[column]).padEnd(16) : String(figure[column] ?? '').padStart(10))).join(' ');

export const header = columns.map((column, at) => (at === 0 ? column.padEnd(16) : column.padStart(10))).join(' ');
