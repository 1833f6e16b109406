import type { PersonId } from '../organisation/organisation.ts';
import { spansOf } from '../roster/merge-shifts.ts';
import type { Holder, Shift } from '../roster/roster.ts';
import { onTurnAt } from '../rotation/rotation.ts';
import { noLoad, type Draft, type DraftRules, type Hole, type Load, type Obstacle, type PostRules, type Seat, type Slot } from './draft.ts';
import { openBook, type DutyBook } from './duty-book.ts';
import { fillHoles, levelLoads, type Assignment } from './improve.ts';
import { seatsOf, slotsOf } from './make-slots.ts';
import { dutiesOutside, pastLoads, startingLoads } from './past-load.ts';

/** Who may have a seat, the least loaded last resort being the order of the pool, turned by the variant. */
const candidatesFor = ({ pool, leaders }: PostRules, { role }: Seat, variant: number): readonly PersonId[] => {
  const all = role === 'shiftLeader' ? leaders : pool;
  const turn = all.length === 0 ? 0 : variant % all.length;
  return [...all.slice(turn), ...all.slice(0, turn)];
};

const chooseFor = (book: DutyBook, candidates: readonly PersonId[], seat: Seat): PersonId | undefined => {
  let best: { readonly personId: PersonId; readonly cost: number; readonly since: number } | undefined;
  for (const personId of candidates) {
    if (book.obstacleTo(personId, seat) !== undefined) continue;
    const cost = book.costOf(personId, seat);
    const since = book.freeSince(personId, seat.slot.from);
    if (best && (cost > best.cost || (cost === best.cost && since >= best.since))) continue;
    best = { personId, cost, since };
  }
  return best?.personId;
};

/** Those whose turn it is, who come before anybody else. */
const teamFor = ({ rotation }: PostRules, slot: Slot, zone: string): readonly PersonId[] => {
  if (!rotation) return [];
  const members = rotation.teams.map((_, index) => String(index));
  const turn = onTurnAt({ ...rotation, zone, members }, slot.from);
  return turn.status === 'on' ? (rotation.teams[Number(turn.personId)] ?? []) : [];
};

/** Whoever has a turn stands it, however many days on end it is: a week by turns is a week. */
const canTakeTurn = (obstacle: Obstacle | undefined): boolean => obstacle === undefined || obstacle === 'rest' || obstacle === 'inRow';

/** Whose turn it is in a team, if they can stand it. */
const takeTurn = (rules: DraftRules, book: DutyBook, seat: Seat, post: PostRules): PersonId | undefined => {
  const mayLead = (personId: PersonId): boolean => seat.role !== 'shiftLeader' || post.leaders.includes(personId);
  return teamFor(post, seat.slot, rules.zone).find((personId) => mayLead(personId) && canTakeTurn(book.obstacleTo(personId, seat)));
};

type Wanted = { readonly seat: Seat; readonly post: PostRules };

/** Turns of teams first: whoever fills in for one must not miss their own. Then in order of time, to whom it makes least uneven. */
const assign = (rules: DraftRules, book: DutyBook, wanted: readonly Wanted[]): readonly Assignment[] => {
  const assignments = wanted.map(({ seat, post }): Assignment => {
    const personId = takeTurn(rules, book, seat, post);
    if (personId !== undefined) book.give(personId, seat);
    return { seat, personId, candidates: candidatesFor(post, seat, rules.variant), isFixed: personId !== undefined };
  });
  for (const one of assignments) {
    if (one.isFixed) continue;
    one.personId = chooseFor(book, one.candidates, one.seat);
    if (one.personId !== undefined) book.give(one.personId, one.seat);
  }
  return assignments;
};

const holeOf = (book: DutyBook, { seat, candidates }: Assignment): Hole => ({
  postId: seat.slot.postId,
  date: seat.slot.date,
  from: seat.slot.from,
  to: seat.slot.to,
  role: seat.role,
  because: candidates.flatMap((personId) => {
    const obstacle = book.obstacleTo(personId, seat);
    return obstacle === undefined ? [] : [{ personId, obstacle }];
  }),
});

/** The first officer of a shift is on duty, whichever seat was left empty. */
const holdersOf = (assignments: readonly Assignment[]): readonly Holder[] => {
  let hasFirst = false;
  return assignments.flatMap(({ seat, personId }): Holder[] => {
    if (personId === undefined) return [];
    if (seat.role === 'shiftLeader') return [{ role: seat.role, personId }];
    const role = hasFirst ? 'coDuty' : 'onDuty';
    hasFirst = true;
    return [{ role, personId }];
  });
};

const keyOf = ({ postId, from, to }: Slot): string => `${postId} ${from} ${to}`;

const toShifts = (assignments: readonly Assignment[]): readonly Shift[] =>
  [...Map.groupBy(assignments, ({ seat }) => keyOf(seat.slot)).values()].map((seats) => {
    const { postId, from, to } = seats[0]!.seat.slot;
    return { postId, from, to, holders: holdersOf(seats) };
  });

const difference = (after: Load, before: Load): Load => ({
  shifts: after.shifts - before.shifts,
  nights: after.nights - before.nights,
  weekends: after.weekends - before.weekends,
  holidays: after.holidays - before.holidays,
});

/**
 * A fair roster for the days from one date to another, both included (`YYYY-MM-DD`). Nobody stands twice at once, and
 * nobody against a rule; a seat that nobody fits stays empty and says why. `stood`: shifts as they are stood, overrides
 * laid over them. Pure: the same in gives the same out.
 */
export const makeDraft = (rules: DraftRules, fromDate: string, toDate: string, stood: readonly Shift[]): Draft => {
  const posts = rules.posts.map((post) => ({ post, slots: slotsOf(post, fromDate, toDate, rules.zone, rules.table) }));
  const slots = posts.flatMap((one) => one.slots);
  const firstAt = slots.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY);
  const past = pastLoads(stood, rules, firstAt);
  const starts = new Map(rules.posts.flatMap(({ pool, leaders }) => [...startingLoads(pool, past), ...startingLoads(leaders, past)]));
  const spans = spansOf(slots.map(({ postId, from, to }) => ({ postId, from, to, holders: [] })));
  const book = openBook(rules, dutiesOutside(stood, rules.zone, spans), starts);
  const seats = posts
    .flatMap(({ post, slots: own }) => own.flatMap((slot) => seatsOf(slot, post).map((seat) => ({ seat, post }))))
    .toSorted((one, other) => one.seat.slot.from - other.seat.slot.from);
  const assignments = assign(rules, book, seats);
  fillHoles(book, assignments);
  levelLoads(book, assignments);
  const filled = assignments.flatMap(({ seat, personId }) => (personId === undefined ? [] : [{ seat, personId }]));
  const everybody = [...new Set(rules.posts.flatMap(({ pool, leaders, hasLeader }) => [...(hasLeader ? leaders : []), ...pool]))];
  return {
    shifts: toShifts(assignments).toSorted((one, other) => one.from - other.from),
    loads: everybody.map((personId) => {
      const start = starts.get(personId) ?? noLoad;
      return { personId, before: past.get(personId) ?? noLoad, added: difference(book.loadOf(personId), start) };
    }),
    holes: assignments.filter(({ personId }) => personId === undefined).map((one) => holeOf(book, one)),
    unwanted: filled
      .filter(({ seat, personId }) => book.isUnwanted(personId, seat.slot.date))
      .map(({ seat, personId }) => ({ personId, postId: seat.slot.postId, date: seat.slot.date })),
  };
};
