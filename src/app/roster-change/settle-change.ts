import { belongsToBody } from '../../domain/items/item-people.ts';
import type { Directory } from '../../domain/organisation/directory.ts';
import type { PersonId } from '../../domain/organisation/organisation.ts';
import type { DutyRole, PostId } from '../../domain/roster/roster.ts';
import type { ShiftPart } from '../../domain/shift-change/duty-request.ts';
import { calledByTitle } from '../../messages/vocabulary-roster-changes.ts';
import type { RosterChangeRefusal } from '../../messages/roster-change-texts.ts';
import { shiftsMeantBy } from '../shift-change/duty-shifts.ts';
import { emptyParts } from './fill-empty.ts';

/** What has been said of a change, all of it as a button can carry it. Spans in epoch ms; `from` alone is an instant. */
export type ChangeAsk = {
  readonly from?: number;
  readonly to?: number;
  readonly unitIds: readonly string[];
  readonly postId?: PostId;
  readonly role?: DutyRole;
  readonly outIds: readonly PersonId[];
  readonly inIds: readonly PersonId[];
  /** As it was written, where it names nobody of the campaign. */
  readonly inName?: string;
};

export type Settled =
  | { readonly status: 'offer'; readonly ask: ChangeAsk; readonly outId: PersonId; readonly parts: readonly ShiftPart[] }
  | {
      readonly status: 'ready';
      readonly postId: PostId;
      /** Absent where nobody stands there. */
      readonly outId?: PersonId;
      readonly inId: PersonId;
      readonly parts: readonly ShiftPart[];
    }
  | {
      readonly status: 'ask';
      readonly about: 'whichPost' | 'whoGoes' | 'whoComes';
      readonly choices: readonly string[];
      readonly ask: ChangeAsk;
    }
  | { readonly status: 'refused'; readonly reason: RosterChangeRefusal; readonly postId?: PostId; readonly personId?: PersonId };

const mostChoices = 10;

type Meant = { readonly personId: PersonId; readonly parts: readonly ShiftPart[] };

/** Who stands the post at the time that was said, each with the parts that are meant. */
const standing = (directory: Directory, postId: PostId, ask: ChangeAsk, timeZone: string, now: number): readonly Meant[] => {
  const from = ask.from!;
  const span = { from, to: ask.to ?? from + 1 };
  const people = new Set(
    (directory.shiftsOf.get(postId) ?? [])
      .filter((shift) => shift.from < span.to && span.from < shift.to)
      .flatMap(({ holders }) => holders.map(({ personId }) => personId)),
  );
  return [...people].flatMap((personId): readonly Meant[] => {
    const parts = shiftsMeantBy(directory, personId, span, false, timeZone, now).filter(
      (part) => part.postId === postId && (ask.role === undefined || part.role === ask.role),
    );
    return parts.length === 0 ? [] : [{ personId, parts }];
  });
};

const homesOf = (directory: Directory, personId: PersonId): readonly string[] => [
  ...new Set([
    ...(directory.appointmentsOf.get(personId) ?? []).map(({ of }) => of),
    ...(directory.postsOf.get(personId) ?? []).flatMap((postId) => directory.posts.get(postId)?.unitId ?? []),
  ]),
];

/** `王主任`, `小李`: those of the unit with that family name. */
const calledSo = (directory: Directory, name: string, unitId: string, now: number): readonly PersonId[] => {
  const found = calledByTitle.exec(name);
  const family = found?.[1] ?? found?.[2];
  if (family === undefined) return [];
  return directory.organisation.people
    .filter((person) => person.name.startsWith(family) && !person.isDisabled)
    .filter(({ id }) => belongsToBody(directory, id, unitId, now) || homesOf(directory, id).includes(unitId))
    .map(({ id }) => id);
};

/** Of several those who belong to the unit, where there are any. */
const nearest = (directory: Directory, ids: readonly PersonId[], unitId: string): readonly PersonId[] => {
  const own = ids.filter((id) => homesOf(directory, id).includes(unitId));
  return own.length > 0 ? own : ids;
};

const postsMeant = (directory: Directory, ask: ChangeAsk): readonly PostId[] => {
  if (ask.postId !== undefined) return directory.posts.has(ask.postId) ? [ask.postId] : [];
  if (ask.unitIds.length > 0) return ask.unitIds.flatMap((id) => directory.postsOfUnit.get(id) ?? []);
  const people = ask.outIds.length > 0 ? ask.outIds : ask.inIds;
  return [...new Set(people.flatMap((id) => directory.postsOf.get(id) ?? []))];
};

/** What is meant exactly, what must be asked first, or why it cannot be. Pure. */
export const settleChange = (directory: Directory, ask: ChangeAsk, timeZone: string, now: number): Settled => {
  const refused = (reason: RosterChangeRefusal, about: { readonly postId?: PostId; readonly personId?: PersonId } = {}): Settled => ({
    status: 'refused',
    reason,
    ...about,
  });
  if (ask.from === undefined) return refused('date');
  if (Math.max(ask.from, ask.to ?? ask.from) < now && (ask.to ?? ask.from) <= now) return refused('past');
  const posts = postsMeant(directory, ask);
  if (posts.length === 0) return refused(ask.unitIds.length > 0 ? 'noPost' : 'noUnit');
  const there = posts.map((postId) => ({ postId, people: standing(directory, postId, ask, timeZone, now) }));
  const manned = there.filter(({ people }) => people.some(({ personId }) => ask.outIds.length === 0 || ask.outIds.includes(personId)));
  const postId = manned[0]?.postId ?? posts[0]!;
  if (manned.length === 0) {
    if (ask.outIds.length > 0) return refused('notThere', { postId, personId: ask.outIds[0]! });
    return settleEmpty(directory, ask, posts, timeZone, now) ?? refused('nobodyThere', { postId });
  }
  if (manned.length > 1) return { status: 'ask', about: 'whichPost', choices: manned.slice(0, mostChoices).map((one) => one.postId), ask };
  return settlePeople(directory, ask, manned[0]!, now);
};

/** Whoever is meant by whoever comes. */
const comingTo = (directory: Directory, ask: ChangeAsk, unitId: string, now: number): readonly PersonId[] =>
  nearest(directory, ask.inIds.length > 0 ? ask.inIds : calledSo(directory, ask.inName ?? '', unitId, now), unitId);

/** Nobody stands there: whoever comes fills the place. */
const settleEmpty = (
  directory: Directory,
  ask: ChangeAsk,
  posts: readonly PostId[],
  timeZone: string,
  now: number,
): Settled | undefined => {
  const { from, to, role } = ask;
  if (from === undefined || (ask.inIds.length === 0 && ask.inName === undefined)) return undefined;
  const when = { from, ...(to === undefined ? {} : { to }), ...(role === undefined ? {} : { role }) };
  const empty = posts
    .map((postId) => ({ postId, parts: emptyParts(directory, postId, when, timeZone, now) }))
    .filter(({ parts }) => parts.length > 0);
  const [only] = empty;
  if (!only) return undefined;
  const { postId, parts } = only;
  if (empty.length > 1) return { status: 'ask', about: 'whichPost', choices: empty.slice(0, mostChoices).map((one) => one.postId), ask };
  const coming = comingTo(directory, ask, directory.posts.get(postId)?.unitId ?? '', now);
  if (coming.length === 0) return { status: 'refused', reason: 'unknownPerson' };
  if (coming.length > 1) return { status: 'ask', about: 'whoComes', choices: coming.slice(0, mostChoices), ask: { ...ask, postId } };
  return { status: 'ready', postId, inId: coming[0]!, parts };
};

const settlePeople = (
  directory: Directory,
  ask: ChangeAsk,
  { postId, people }: { readonly postId: PostId; readonly people: readonly Meant[] },
  now: number,
): Settled => {
  const unitId = directory.posts.get(postId)?.unitId ?? '';
  // Nobody is named yet: whoever is free is offered once it is clear whom they would relieve.
  const isOpen = ask.inIds.length === 0 && ask.inName === undefined;
  const coming = isOpen ? [''] : comingTo(directory, ask, unitId, now);
  if (coming.length === 0) return { status: 'refused', reason: 'unknownPerson' };
  if (coming.length > 1) return { status: 'ask', about: 'whoComes', choices: coming.slice(0, mostChoices), ask: { ...ask, postId } };
  const inId = coming[0]!;
  const asked = people.filter(({ personId }) => ask.outIds.length === 0 || ask.outIds.includes(personId));
  const going = asked.filter(({ personId }) => personId !== inId);
  if (going.length === 0) return { status: 'refused', reason: 'same', postId, personId: inId };
  // An officer is meant where nothing else is said, and the leader only where nobody else is there.
  const officers = going.filter(({ parts }) => parts.some(({ role }) => role !== 'shiftLeader'));
  const meant = ask.role === undefined && ask.outIds.length === 0 && officers.length > 0 ? officers : going;
  if (meant.length > 1)
    return {
      status: 'ask',
      about: 'whoGoes',
      choices: meant.slice(0, mostChoices).map(({ personId }) => personId),
      ask: { ...ask, postId, inIds: isOpen ? [] : [inId] },
    };
  const { personId: outId, parts } = meant[0]!;
  if (isOpen) return { status: 'offer', ask: { ...ask, postId, outIds: [outId] }, outId, parts };
  return { status: 'ready', postId, outId, inId, parts };
};
