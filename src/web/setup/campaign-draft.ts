/** A campaign in the words of its file, as a form edits it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type Words = { readonly [member: string]: Json };
export type Path = readonly (string | number)[];

/** `checks.posts.bands[0].fixed`, as faults name it. */
export const nameOf = (path: Path): string =>
  path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${part}` : part), '');

export const read = (words: Json | undefined, path: Path): Json | undefined => {
  let value = words;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as { readonly [key: string]: Json })[part as string];
  }
  return value;
};

/** Another draft that says it otherwise there; undefined takes it out. */
export const write = (words: Words, path: Path, value: Json | undefined): Words => setIn(words, path, value) as Words;

const setIn = (words: Json | undefined, [part, ...rest]: Path, value: Json | undefined): Json | undefined => {
  if (part === undefined) return value;
  if (typeof part === 'number') {
    const list = [...((words ?? []) as readonly Json[])];
    const next = setIn(list[part], rest, value);
    if (next === undefined) list.splice(part, 1);
    else list[part] = next;
    return list;
  }
  const { [part]: had, ...others } = (words ?? {}) as { readonly [key: string]: Json };
  const next = setIn(had, rest, value);
  // in its old place, so that nothing jumps
  if (next === undefined) return others;
  return { ...(words as { readonly [key: string]: Json }), [part]: next };
};

/** What somebody had changed in one campaign, in another that it has become meanwhile. */
export const carryOver = (draft: Words, from: Words, to: Words): Words => {
  let next = to;
  for (const name of new Set([...Object.keys(from), ...Object.keys(draft)]))
    if (JSON.stringify(draft[name]) !== JSON.stringify(from[name])) next = write(next, [name], draft[name]);
  return next;
};

const unitMs = { PT_S: 1_000, PT_M: 60_000, PT_H: 3_600_000, P_D: 86_400_000 } as const;
export type DurationUnit = keyof typeof unitMs;
export const durationUnits = Object.keys(unitMs) as readonly DurationUnit[];

/** A duration as a number of its largest whole unit; undefined for one that is written in another way. */
export const readDuration = (text: string): { readonly count: number; readonly unit: DurationUnit } | undefined => {
  const [, d, h, m, s] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text) ?? [];
  if ([d, h, m, s].every((part) => part === undefined)) return undefined;
  const ms = [d, h, m, s].reduce((sum, part, index) => sum + Number(part ?? 0) * [86_400_000, 3_600_000, 60_000, 1_000][index]!, 0);
  // as it was written, where that is one unit
  if (h === undefined && m === undefined && s === undefined) return { count: Number(d), unit: 'P_D' };
  const unit = ms === 0 ? 'PT_M' : (['PT_H', 'PT_M', 'PT_S'] as const).find((each) => ms % unitMs[each] === 0);
  return unit && { count: ms / unitMs[unit], unit };
};

export const writeDuration = (count: string, unit: DurationUnit): string => unit.replace('_', count.trim() === '' ? '?' : count.trim());
