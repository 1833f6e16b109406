import type { FileRef, Item, Limit, LimitLevel } from './item.ts';

/** Reads what stands in an event. What was removed as personal is gone from the state as well: an empty text. */

export type Data = { readonly [key: string]: unknown };

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const maybe = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const number = (value: unknown): number => value as number;

export const filesOf = (data: unknown, names: unknown): readonly FileRef[] =>
  ((data ?? []) as readonly Omit<FileRef, 'name'>[]).map((file, index) => ({
    ...file,
    name: text((names as readonly unknown[] | undefined)?.[index]),
  }));

export const optional = <K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: V };

/** A level's limit where it stands now; what the list said of it is kept beside. */
export const withLimit = (item: Item, level: LimitLevel, at: number, countedFromAt: number): Item => {
  const before = item.limits.find((one) => one.level === level);
  const listed = optional('listedAt', before?.listedAt ?? before?.at);
  const limit: Limit = { level, at, countedFromAt, rule: { type: 'instant' }, ...listed };
  const others = item.limits.filter((one) => one.level !== level);
  return { ...item, limits: level === 'unit' ? [limit, ...others] : [...others, limit] };
};
