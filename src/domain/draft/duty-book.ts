import type { PersonId } from '../organisation/organisation.ts';
import { noLoad, type DraftRules, type Load, type Obstacle, type Seat, type Slot } from './draft.ts';

/** One stretch of somebody's duty; `day` is the local one on which it begins, counted from 1970. */
type Duty = { readonly from: number; readonly to: number; readonly day: number; readonly postId?: string };

/** `days`: how many duties begin on each day, counted from 1970. */
type Page = { readonly duties: Duty[]; readonly days: Map<number, number>; load: Load };

const count = (load: Load, { isNight, kind }: Slot, by: 1 | -1): Load => ({
  shifts: load.shifts + by,
  nights: load.nights + (isNight ? by : 0),
  weekends: load.weekends + (kind === 'restDay' ? by : 0),
  holidays: load.holidays + (kind === 'holiday' ? by : 0),
});

/** A night more weighs a little, a weekend more than that, a holiday most: what one had more of is balanced first. */
const weights: Load = { shifts: 4, nights: 1, weekends: 2, holidays: 3 };

/**
 * By how much the sum of squares grows with one more: squares grow faster than what they are of, so the sum is least where
 * everybody has the same. Asked for hundreds of thousands of times, it makes no object.
 */
const growthOf = (load: Load, { isNight, kind }: Slot): number =>
  weights.shifts * (2 * load.shifts + 1) +
  (isNight ? weights.nights * (2 * load.nights + 1) : 0) +
  (kind === 'restDay' ? weights.weekends * (2 * load.weekends + 1) : 0) +
  (kind === 'holiday' ? weights.holidays * (2 * load.holidays + 1) : 0);

const squareChange = (value: number, by: number): number => by * (2 * value + by);

/** The same for somebody who has one slot instead of another. */
const changeOf = (load: Load, from: Slot, to: Slot): number =>
  weights.nights * squareChange(load.nights, Number(to.isNight) - Number(from.isNight)) +
  weights.weekends * squareChange(load.weekends, Number(to.kind === 'restDay') - Number(from.kind === 'restDay')) +
  weights.holidays * squareChange(load.holidays, Number(to.kind === 'holiday') - Number(from.kind === 'holiday'));

/** More than any unevenness: a wish gives way only where nobody else fits. */
const unwantedCost = 1_000_000;
const wantedCost = -1_000;

/** Who stands what while a draft grows, and what one more shift would cost whom. */
export type DutyBook = {
  /** Why somebody cannot have a seat; undefined where they can. */
  readonly obstacleTo: (personId: PersonId, seat: Seat) => Obstacle | undefined;
  /** How much less even everything would be with it; the smaller the better. */
  readonly costOf: (personId: PersonId, seat: Seat) => number;
  /** What it would cost, or spare where it is below zero, if two people changed their seats. */
  readonly costOfChange: (one: PersonId, seat: Seat, other: PersonId, otherSeat: Seat) => number;
  readonly give: (personId: PersonId, seat: Seat) => void;
  readonly take: (personId: PersonId, seat: Seat) => void;
  readonly loadOf: (personId: PersonId) => Load;
  /** When their last duty before an instant ended; long ago where there was none. */
  readonly freeSince: (personId: PersonId, at: number) => number;
  readonly isUnwanted: (personId: PersonId, date: string) => boolean;
};

const addDay = ({ days }: Page, day: number, by: 1 | -1): void => {
  const begun = (days.get(day) ?? 0) + by;
  if (begun > 0) days.set(day, begun);
  else days.delete(day);
};

/** `before`: duties outside the draft, which it must leave alone; `loads`: what everybody brings. */
export const openBook = (
  rules: DraftRules,
  before: ReadonlyMap<PersonId, readonly Duty[]>,
  loads: ReadonlyMap<PersonId, Load>,
): DutyBook => {
  const pages = new Map<PersonId, Page>();
  const wishes = new Map(rules.wishes.map(({ personId, date, wants }) => [`${personId} ${date}`, wants]));
  const away = Map.groupBy(rules.away, ({ personId }) => personId);
  const pageOf = (personId: PersonId): Page => {
    const known = pages.get(personId);
    if (known) return known;
    const duties = [...(before.get(personId) ?? [])];
    const page: Page = { duties, days: new Map(), load: loads.get(personId) ?? noLoad };
    for (const { day } of duties) addDay(page, day, 1);
    pages.set(personId, page);
    return page;
  };
  const wishOf = (personId: PersonId, { date }: Slot): number => {
    const wants = wishes.size === 0 ? undefined : wishes.get(`${personId} ${date}`);
    return wants === undefined ? 0 : wants ? wantedCost : unwantedCost;
  };
  const rowWith = ({ days }: Page, day: number): number => {
    let row = 1;
    for (let before = day - 1; days.has(before) && row <= rules.mostInRow; before -= 1) row += 1;
    for (let after = day + 1; days.has(after) && row <= rules.mostInRow; after += 1) row += 1;
    return row;
  };
  const restOfPost = new Map(rules.posts.map(({ postId, restMs }) => [postId, restMs]));
  const restFor = ({ slot, role }: Seat): number => {
    const own = restOfPost.get(slot.postId);
    return (role === 'shiftLeader' ? own?.leaders : own?.officers) ?? rules.restMs;
  };
  return {
    obstacleTo: (personId, seat) => {
      const { slot } = seat;
      const page = pageOf(personId);
      const { duties } = page;
      if (rules.terms.get(personId)?.(slot.from) === false) return 'notInTerm';
      if (away.get(personId)?.some(({ from, to }) => from < slot.to && slot.from < to)) return 'away';
      const there = duties.find(({ from, to }) => from < slot.to && slot.from < to);
      if (there) return there.postId === slot.postId && there.from === slot.from ? 'already' : 'elsewhere';
      const restMs = restFor(seat);
      if (duties.some(({ from, to }) => from < slot.to + restMs && slot.from < to + restMs)) return 'rest';
      return rowWith(page, slot.day) > rules.mostInRow ? 'inRow' : undefined;
    },
    costOf: (personId, { slot }) => {
      const { load } = pageOf(personId);
      return growthOf(load, slot) + wishOf(personId, slot);
    },
    costOfChange: (one, { slot }, other, { slot: otherSlot }) =>
      changeOf(pageOf(one).load, slot, otherSlot) +
      changeOf(pageOf(other).load, otherSlot, slot) +
      (wishes.size === 0 ? 0 : wishOf(one, otherSlot) + wishOf(other, slot) - wishOf(one, slot) - wishOf(other, otherSlot)),
    give: (personId, { slot }) => {
      const page = pageOf(personId);
      page.duties.push({ from: slot.from, to: slot.to, day: slot.day, postId: slot.postId });
      addDay(page, slot.day, 1);
      page.load = count(page.load, slot, 1);
    },
    take: (personId, { slot }) => {
      const page = pageOf(personId);
      const place = page.duties.findIndex(({ from, to }) => from === slot.from && to === slot.to);
      if (place < 0) return;
      page.duties.splice(place, 1);
      addDay(page, slot.day, -1);
      page.load = count(page.load, slot, -1);
    },
    loadOf: (personId) => pageOf(personId).load,
    freeSince: (personId, at) =>
      pageOf(personId).duties.reduce((latest, { from, to }) => (from < at ? Math.max(latest, to) : latest), Number.NEGATIVE_INFINITY),
    isUnwanted: (personId, date) => wishes.get(`${personId} ${date}`) === false,
  };
};
