import type { PersonId } from '../organisation/organisation.ts';
import type { Seat } from './draft.ts';
import type { DutyBook } from './duty-book.ts';

export type Assignment = {
  readonly seat: Seat;
  /** Undefined: a hole. */
  personId: PersonId | undefined;
  readonly candidates: readonly PersonId[];
  /** Somebody's turn in a rotation, which is left as it is. */
  readonly isFixed: boolean;
};

const fits = (book: DutyBook, personId: PersonId, seat: Seat): boolean => book.obstacleTo(personId, seat) === undefined;

/** Gives a seat to somebody; whoever had it has it no more. */
const hand = (book: DutyBook, assignment: Assignment, personId: PersonId | undefined): void => {
  if (assignment.personId !== undefined) book.take(assignment.personId, assignment.seat);
  assignment.personId = personId;
  if (personId !== undefined) book.give(personId, assignment.seat);
};

/** Somebody gives up a seat near the hole that another can take, and fills the hole; false where that helps nowhere. */
const fillByOneMove = (book: DutyBook, hole: Assignment, all: readonly Assignment[]): boolean => {
  for (const other of all) {
    const { personId } = other;
    if (personId === undefined || other.isFixed || !hole.candidates.includes(personId)) continue;
    book.take(personId, other.seat);
    if (fits(book, personId, hole.seat)) {
      book.give(personId, hole.seat);
      const another = other.candidates.find((candidate) => candidate !== personId && fits(book, candidate, other.seat));
      if (another !== undefined) {
        hole.personId = personId;
        other.personId = another;
        book.give(another, other.seat);
        return true;
      }
      book.take(personId, hole.seat);
    }
    book.give(personId, other.seat);
  }
  return false;
};

/** What was left empty because those who fit were spent elsewhere. */
export const fillHoles = (book: DutyBook, assignments: readonly Assignment[]): void => {
  for (const hole of assignments) {
    if (hole.personId !== undefined) continue;
    const free = hole.candidates.find((personId) => fits(book, personId, hole.seat));
    if (free !== undefined) hand(book, hole, free);
    else fillByOneMove(book, hole, assignments);
  }
};

/** Gives one seat to somebody whom it makes less uneven; false where everything is best as it is. */
const moveOne = (book: DutyBook, assignment: Assignment): boolean => {
  const { seat, personId, candidates } = assignment;
  if (personId === undefined) return false;
  book.take(personId, seat);
  const own = book.costOf(personId, seat);
  let best = { personId, cost: own };
  for (const other of candidates) {
    if (other === personId || !fits(book, other, seat)) continue;
    const cost = book.costOf(other, seat);
    if (cost < best.cost) best = { personId: other, cost };
  }
  book.give(best.personId, seat);
  assignment.personId = best.personId;
  return best.personId !== personId;
};

/** Two people change seats where both fit and it makes everything more even. */
const swapTwo = (book: DutyBook, one: Assignment, other: Assignment): boolean => {
  const [first, second] = [one.personId, other.personId];
  if (first === undefined || second === undefined || first === second) return false;
  if (!one.candidates.includes(second) || !other.candidates.includes(first)) return false;
  if (book.costOfChange(first, one.seat, second, other.seat) >= 0) return false;
  book.take(first, one.seat);
  book.take(second, other.seat);
  const isBetter = fits(book, second, one.seat) && fits(book, first, other.seat);
  book.give(isBetter ? second : first, one.seat);
  book.give(isBetter ? first : second, other.seat);
  if (isBetter) [one.personId, other.personId] = [second, first];
  return isBetter;
};

/** Over a whole draft; each makes the sum of all costs smaller, so they end by themselves long before. */
const mostRounds = 20;

/** Moves and changes of seats until none makes anything more even. */
export const levelLoads = (book: DutyBook, assignments: readonly Assignment[]): void => {
  const free = assignments.filter(({ isFixed }) => !isFixed);
  const byPost = [...Map.groupBy(free, ({ seat }) => seat.slot.postId).values()];
  for (let round = 0; round < mostRounds; round += 1) {
    let isBetter = false;
    for (const assignment of free) isBetter = moveOne(book, assignment) || isBetter;
    for (const own of byPost)
      for (const [index, one] of own.entries()) for (const other of own.slice(index + 1)) isBetter = swapTwo(book, one, other) || isBetter;
    if (!isBetter) return;
  }
};
