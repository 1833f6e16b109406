import { belongsToBody } from '../../domain/items/item-people.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import type { PersonId } from '../../domain/organisation/organisation.ts';
import { isInTerm } from '../../domain/organisation/terms.ts';
import type { Shift } from '../../domain/roster/roster.ts';
import { leftOf, overlap, type ShiftPart, type Span } from '../../domain/shift-change/duty-request.ts';
import { brokenRules, type RuleContext } from '../../domain/shift-change/proposal-rules.ts';
import type { Proposal } from '../../domain/shift-change/to-overrides.ts';
import { shiftsOfPerson } from '../roster/query-shifts.ts';

/** Which shifts somebody means, and who could stand them. */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** People say round hours: what lies this near to a shift's begin or end means that. */
const snapMs = 2 * hourMs;

const partsOf = (shift: Shift, personId: PersonId): readonly ShiftPart[] =>
  shift.holders
    .filter((holder) => holder.personId === personId)
    .map(({ role }) => ({ postId: shift.postId, from: shift.from, to: shift.to, role }));

/** What somebody stands from an instant on, in order; one shift each. */
export const shiftsAhead = (directory: Directory, personId: PersonId, now: number, most: number): readonly ShiftPart[] =>
  leftOf(
    shiftsOfPerson(directory, personId, { fromAt: now, toAt: Number.MAX_SAFE_INTEGER }).flatMap((shift) => partsOf(shift, personId)),
    now,
  ).slice(0, most);

const isMidnight = (at: number, timeZone: string): boolean => {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return hour === 0 && minute === 0;
};

export const isWholeDays = ({ from, to }: Span, timeZone: string): boolean =>
  isMidnight(from, timeZone) && isMidnight(to, timeZone) && to > from;

/** Nearer than this to a shift's begin or end a time of the clock means it as well. */
const exactSnapMs = hourMs / 2;

const snapped = (part: ShiftPart, said: Span, isExact: boolean): readonly ShiftPart[] => {
  const nearMs = isExact ? exactSnapMs : snapMs;
  const from = Math.abs(said.from - part.from) <= nearMs ? part.from : Math.max(said.from, part.from);
  const to = Math.abs(said.to - part.to) <= nearMs ? part.to : Math.min(said.to, part.to);
  const isAll = from === part.from && to === part.to;
  return to > from && (isAll || to - from >= nearMs) ? [{ ...part, from, to }] : [];
};

/** How a time was said: by the clock, and with nothing but its beginning. */
export type SaidHow = { readonly isExact?: boolean; readonly isToEnd?: boolean };

/**
 * What somebody means by their shifts of a time. A shift belongs to the day on which it begins; of an evening or a
 * morning it is the part that falls into it, and of a leave also what is left of the shift of the day before.
 */
export const shiftsMeantBy = (
  directory: Directory,
  personId: PersonId,
  said: Span,
  isLeave: boolean,
  timeZone: string,
  now: number,
  { isExact = false, isToEnd = false }: SaidHow = {},
): readonly ShiftPart[] => {
  const touching = shiftsOfPerson(directory, personId, { fromAt: said.from, toAt: Math.max(said.to, said.from + 1) }).flatMap((shift) =>
    partsOf(shift, personId),
  );
  if (isToEnd)
    return leftOf(
      touching.map((part) => ({ ...part, from: Math.max(part.from, said.from) })),
      now,
    );
  // An instant means the shift that it lies in.
  if (said.to - said.from <= 1) return leftOf(touching, now);
  if (!isWholeDays(said, timeZone))
    return leftOf(
      touching.flatMap((part) => snapped(part, said, isExact)),
      now,
    );
  const starting = touching.filter((part) => part.from >= said.from);
  const ending = isLeave ? touching.map((part) => ({ ...part, from: Math.max(part.from, said.from), to: Math.min(part.to, said.to) })) : [];
  return leftOf(starting.length > 0 ? starting : ending, now);
};

/** How many shifts somebody stands in the week before and after. */
export const loadOf = (directory: Directory, personId: PersonId, around: Span): number =>
  shiftsOfPerson(directory, personId, { fromAt: around.from - 7 * dayMs, toAt: around.to + 7 * dayMs }).length;

const mostLookedAt = 80;

const homesOf = (directory: Directory, { holderId, gives }: Omit<Proposal, 'substituteId'>, now: number): readonly string[] => {
  const units = gives.flatMap(({ postId }) => directory.posts.get(postId)?.unitId ?? []);
  const own = () => (directory.appointmentsOf.get(holderId ?? '') ?? []).filter((one) => isInTerm(one, now)).map(({ of }) => of);
  return [...new Set(units.length > 0 ? units : own())];
};

const isOfficer = (directory: Directory, personId: PersonId): boolean =>
  directory.postsOf.has(personId) || (directory.appointmentsOf.get(personId) ?? []).some(({ role }) => role === 'dutyOfficer');

/** Colleagues who could stand in without breaking a rule: those who stand shifts before those who lead, the fewest shifts first. */
export const freeColleagues = (
  context: RuleContext,
  proposal: Omit<Proposal, 'substituteId'>,
  now: number,
  most: number,
): readonly PersonId[] => {
  const { directory } = context;
  const homes = homesOf(directory, proposal, now);
  const around = [...proposal.gives, ...(proposal.standing ? [proposal.standing] : [])];
  const [first] = around;
  if (!first) return [];
  const stands = (personId: PersonId, home: string) =>
    (directory.postsOf.get(personId) ?? []).some((postId) => directory.posts.get(postId)?.unitId === home);
  return directory.organisation.people
    .filter(({ id, isDisabled }) => !isDisabled && id !== proposal.holderId)
    .filter(({ id }) => homes.every((home) => belongsToBody(directory, id, home, now) || stands(id, home)))
    .slice(0, mostLookedAt)
    .filter(({ id }) => brokenRules(context, { ...proposal, substituteId: id }, now).length === 0)
    .map(({ id }) => ({ id, rank: isOfficer(directory, id) ? 0 : 1, load: loadOf(directory, id, first) }))
    .toSorted((a, b) => a.rank - b.rank || a.load - b.load)
    .slice(0, most)
    .map(({ id }) => id);
};

/** The shifts of another that could be stood in return: none at the same time as those that are given. */
export const shiftsInReturn = (context: RuleContext, proposal: Proposal, now: number, most: number): readonly ShiftPart[] =>
  shiftsAhead(context.directory, proposal.substituteId, now, 4 * most)
    .filter((part) => !proposal.gives.some((given) => overlap(given, part)))
    .filter((part) => brokenRules(context, { ...proposal, takes: [part] }, now).length === 0)
    .slice(0, most);
