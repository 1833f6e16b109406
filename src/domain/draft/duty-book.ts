import { addDays } from '../local-time.ts';
import type { PersonId } from '../organisation/organisation.ts';
import { noLoad, type DraftRules, type Load, type Obstacle, type Seat, type Slot } from './draft.ts';

/** One stretch of somebody's duty; `date` is the local day on which it begins. */
type Duty = { readonly from: number; readonly to: number; readonly date: string; readonly postId?: string };

type Page = { duties: Duty[]; load: Load };

const count = (load: Load, { isNight, kind }: Slot, by: 1 | -1): Load => ({
  shifts: load.shifts + by,
  nights: load.nights + (isNight ? by : 0),
  weekends: load.weekends + (kind === 'restDay' ? by : 0),
  holidays: load.holidays + (kind === 'holiday' ? by : 0),
});

/** A night more weighs a little, a weekend more than that, a holiday most: what one had more of is balanced first. */
const weights: Load = { shifts: 4, nights: 1, weekends: 2, holidays: 3 };

/** Squares grow faster than what they are of: the sum is least where everybody has the same. */
const costOf = (load: Load): number =>
  weights.shifts * load.shifts ** 2 +
  weights.nights * load.nights ** 2 +
  weights.weekends * load.weekends ** 2 +
  weights.holidays * load.holidays ** 2;

/** More than any unevenness: a wish gives way only where nobody else fits. */
const unwantedCost = 1_000_000;
const wantedCost = -1_000;

/** Who stands what while a draft grows, and what one more shift would cost whom. */
export type DutyBook = {
  /** Why somebody cannot have a seat; undefined where they can. */
  readonly obstacleTo: (personId: PersonId, seat: Seat) => Obstacle | undefined;
  /** How much less even everything would be with it; the smaller the better. */
  readonly costOf: (personId: PersonId, seat: Seat) => number;
  readonly give: (personId: PersonId, seat: Seat) => void;
  readonly take: (personId: PersonId, seat: Seat) => void;
  readonly loadOf: (personId: PersonId) => Load;
  /** When their last duty before an instant ended; long ago where there was none. */
  readonly freeSince: (personId: PersonId, at: number) => number;
  readonly isUnwanted: (personId: PersonId, date: string) => boolean;
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
    const page = { duties: [...(before.get(personId) ?? [])], load: loads.get(personId) ?? noLoad };
    pages.set(personId, page);
    return page;
  };
  const rowWith = (duties: readonly Duty[], date: string): number => {
    const dates = new Set(duties.map((duty) => duty.date));
    let row = 1;
    for (let day = addDays(date, -1); dates.has(day); day = addDays(day, -1)) row += 1;
    for (let day = addDays(date, 1); dates.has(day); day = addDays(day, 1)) row += 1;
    return row;
  };
  return {
    obstacleTo: (personId, { slot }) => {
      const { duties } = pageOf(personId);
      if (rules.terms.get(personId)?.(slot.from) === false) return 'notInTerm';
      if (away.get(personId)?.some(({ from, to }) => from < slot.to && slot.from < to)) return 'away';
      const there = duties.find(({ from, to }) => from < slot.to && slot.from < to);
      if (there) return there.postId === slot.postId && there.from === slot.from ? 'already' : 'elsewhere';
      if (duties.some(({ from, to }) => from < slot.to + rules.restMs && slot.from < to + rules.restMs)) return 'rest';
      return rowWith(duties, slot.date) > rules.mostInRow ? 'inRow' : undefined;
    },
    costOf: (personId, { slot }) => {
      const { load } = pageOf(personId);
      const wants = wishes.get(`${personId} ${slot.date}`);
      const wish = wants === undefined ? 0 : wants ? wantedCost : unwantedCost;
      return costOf(count(load, slot, 1)) - costOf(load) + wish;
    },
    give: (personId, { slot }) => {
      const page = pageOf(personId);
      page.duties.push({ from: slot.from, to: slot.to, date: slot.date, postId: slot.postId });
      page.load = count(page.load, slot, 1);
    },
    take: (personId, { slot }) => {
      const page = pageOf(personId);
      const place = page.duties.findIndex(({ from, to }) => from === slot.from && to === slot.to);
      if (place < 0) return;
      page.duties.splice(place, 1);
      page.load = count(page.load, slot, -1);
    },
    loadOf: (personId) => pageOf(personId).load,
    freeSince: (personId, at) =>
      pageOf(personId).duties.reduce((latest, { from, to }) => (from < at ? Math.max(latest, to) : latest), Number.NEGATIVE_INFINITY),
    isUnwanted: (personId, date) => wishes.get(`${personId} ${date}`) === false,
  };
};
