import { localDay } from '../local-time.ts';
import type { PersonId } from '../organisation/organisation.ts';
import type { PostId, Shift } from '../roster/roster.ts';
import { dayKindOf } from '../roster/shift-hours.ts';
import { noLoad, type DraftRules, type Load } from './draft.ts';
import { dayNumber, takesNight } from './make-slots.ts';

const add = (load: Load, kind: ReturnType<typeof dayKindOf>, isNight: boolean): Load => ({
  shifts: load.shifts + 1,
  nights: load.nights + (isNight ? 1 : 0),
  weekends: load.weekends + (kind === 'restDay' ? 1 : 0),
  holidays: load.holidays + (kind === 'holiday' ? 1 : 0),
});

/** What everybody has stood in shifts that began before an instant, by the roster as it was stood. */
export const pastLoads = (
  shifts: readonly Shift[],
  { zone, table }: Pick<DraftRules, 'zone' | 'table'>,
  beforeAt: number,
): ReadonlyMap<PersonId, Load> => {
  const loads = new Map<PersonId, Load>();
  for (const { from, to, holders } of shifts) {
    if (from >= beforeAt || holders.length === 0) continue;
    const kind = dayKindOf(localDay(zone, from).date, table);
    const isNight = takesNight(zone, from, to);
    for (const { personId } of holders) loads.set(personId, add(loads.get(personId) ?? noLoad, kind, isNight));
  }
  return loads;
};

const least = (loads: readonly Load[], key: keyof Load): number => Math.min(...loads.map((load) => load[key]));

/**
 * Where a pool begins: what its members have stood, less what every one of them has. Whoever has stood nothing yet is
 * new, and begins with the least that another has: they are not made to catch up on a year.
 */
export const startingLoads = (pool: readonly PersonId[], past: ReadonlyMap<PersonId, Load>): ReadonlyMap<PersonId, Load> => {
  const known = pool.flatMap((personId) => past.get(personId) ?? []);
  if (known.length === 0) return new Map();
  const floor: Load = {
    shifts: least(known, 'shifts'),
    nights: least(known, 'nights'),
    weekends: least(known, 'weekends'),
    holidays: least(known, 'holidays'),
  };
  return new Map(
    pool.map((personId) => {
      const load = past.get(personId) ?? floor;
      return [
        personId,
        {
          shifts: load.shifts - floor.shifts,
          nights: load.nights - floor.nights,
          weekends: load.weekends - floor.weekends,
          holidays: load.holidays - floor.holidays,
        },
      ];
    }),
  );
};

/** Duties that a draft of some posts must leave alone: other posts' shifts, and its own posts' outside its span. */
export const dutiesOutside = (
  shifts: readonly Shift[],
  zone: string,
  spans: ReadonlyMap<PostId, { readonly from: number; readonly to: number }>,
): ReadonlyMap<PersonId, readonly { readonly from: number; readonly to: number; readonly day: number }[]> => {
  const duties = new Map<PersonId, { from: number; to: number; day: number }[]>();
  const put = (personId: PersonId, from: number, to: number): void => {
    const list = duties.get(personId);
    const duty = { from, to, day: dayNumber(localDay(zone, from).date) };
    if (list) list.push(duty);
    else duties.set(personId, [duty]);
  };
  for (const { postId, from, to, holders } of shifts) {
    const span = spans.get(postId);
    const parts =
      span === undefined
        ? [[from, to] as const]
        : ([
            [from, Math.min(to, span.from)],
            [Math.max(from, span.to), to],
          ] as const);
    for (const [start, end] of parts) {
      if (start >= end) continue;
      for (const { personId } of holders) put(personId, start, end);
    }
  }
  return duties;
};
