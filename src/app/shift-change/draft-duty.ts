import type { Understood } from '../../domain/command/intent.ts';
import type { PersonId } from '../../domain/organisation/organisation.ts';
import { isBound } from '../../domain/shift-change/ask-request.ts';
import { overlap, type ShiftPart, type Span } from '../../domain/shift-change/duty-request.ts';
import type { RuleContext } from '../../domain/shift-change/proposal-rules.ts';
import type { AskCommand } from '../../domain/shift-change/request-command.ts';
import type { DutyDraft } from '../../ports/store.ts';
import { shiftsOfPerson } from '../roster/query-shifts.ts';
import { freeColleagues, shiftsAhead, shiftsInReturn, shiftsMeantBy } from './duty-shifts.ts';

/** From a sentence to a request: what is clear is settled, and the first thing that is not is asked back. Pure. */

const mostShifts = 8;
const mostPeople = 8;

/** What is wanted next, with what there is to choose from; `ready` where nothing is. */
export type NextAsk =
  | { readonly ask: 'person'; readonly people: readonly PersonId[]; readonly isUnknown: boolean }
  | { readonly ask: 'shift'; readonly parts: readonly ShiftPart[]; readonly isMissing: boolean }
  | { readonly ask: 'return'; readonly parts: readonly ShiftPart[] }
  | { readonly ask: 'substitute'; readonly people: readonly PersonId[] }
  | { readonly ask: 'nothingThere' }
  /** Which hours of a day; or each of several times by itself. */
  | { readonly ask: 'hours' | 'apart' }
  | { readonly ask: 'ready'; readonly command: AskCommand };

export type Drafting = RuleContext & {
  readonly timeZone: string;
  readonly now: number;
  readonly speakerId: PersonId;
  readonly channel: string;
};

const spanOf = (from: number | undefined, to: number | undefined): Span | undefined =>
  from === undefined ? undefined : { from, to: to ?? from + 1 };

/** What a sentence says, before anything is looked up in the roster. */
export const draftFrom = (said: Understood): DutyDraft => {
  const { person, shiftChange, fromAt, toAt } = said;
  const [first, second] = shiftChange?.periods ?? [];
  const [named = first ?? { fromAt, toAt }, ...others] = shiftChange?.spans ?? [];
  const own = spanOf(named.fromAt, named.toAt);
  const more = others.flatMap((one) => spanOf(one.fromAt, one.toAt) ?? []);
  const theirs = second && spanOf(second.fromAt, second.toAt);
  const [only] = person?.ids ?? [];
  return {
    kind: shiftChange?.kind ?? 'cover',
    ...(shiftChange?.isOffer ? { isOffer: true } : {}),
    ...(only !== undefined && person?.ids.length === 1 ? { otherId: only } : {}),
    ...(person && person.ids.length !== 1 ? { otherName: person.name } : {}),
    ...(own ? { own } : {}),
    ...(more.length > 0 ? { more } : {}),
    ...(shiftChange?.isExact ? { isExact: true } : {}),
    ...(shiftChange?.isToEnd ? { isToEnd: true } : {}),
    ...(shiftChange?.wantsHours ? { wantsHours: true } : {}),
    ...(theirs ? { theirs } : {}),
    ...(shiftChange?.reason ? { reason: shiftChange.reason } : {}),
  };
};

const holderOf = ({ isOffer, otherId }: DutyDraft, { speakerId }: Drafting): PersonId | undefined => (isOffer ? otherId : speakerId);

const meant = (drafting: Drafting, personId: PersonId, said: Span, isLeave: boolean): readonly ShiftPart[] =>
  shiftsMeantBy(drafting.directory, personId, said, isLeave, drafting.timeZone, drafting.now);

/** Namesakes of the unit come first; where only one is of it, that one is meant. */
const peopleCalled = (drafting: Drafting, name: string): readonly PersonId[] => {
  const { directory, speakerId } = drafting;
  const unitsOf = (personId: PersonId): readonly string[] => [
    ...(directory.appointmentsOf.get(personId) ?? []).map(({ of }) => of),
    ...(directory.postsOf.get(personId) ?? []).flatMap((postId) => directory.posts.get(postId)?.unitId ?? []),
  ];
  const mine = unitsOf(speakerId);
  const called = directory.organisation.people.filter((one) => one.name === name && one.id !== speakerId && !one.isDisabled);
  const own = called.filter(({ id }) => unitsOf(id).some((unit) => mine.includes(unit)));
  return (own.length > 0 ? own : called).map(({ id }) => id);
};

/** Two times of a swap stand in either order: whoever has a shift at one of them means that. */
const settleSwap = (draft: DutyDraft, drafting: Drafting, otherId: PersonId): DutyDraft => {
  const { own, theirs } = draft;
  const { speakerId } = drafting;
  if (draft.gives || !own) return draft;
  const [mine, others] = [meant(drafting, speakerId, own, false), theirs ? meant(drafting, otherId, theirs, false) : []];
  if (theirs) {
    if (mine.length > 0 && others.length > 0) return { ...draft, gives: mine, takes: others };
    const crossed = [meant(drafting, speakerId, theirs, false), meant(drafting, otherId, own, false)] as const;
    return crossed[0].length > 0 && crossed[1].length > 0 ? { ...draft, gives: crossed[0], takes: crossed[1] } : draft;
  }
  if (mine.length > 0) return { ...draft, gives: mine };
  // It is the other's shift of that day that is wanted.
  const wanted = meant(drafting, otherId, own, false);
  return wanted.length > 0 ? { ...draft, takes: wanted } : draft;
};

/** Whoever keeps the shift of the day before is on duty until it ends: only then are they away. */
const afterKept = ({ directory }: Drafting, holderId: PersonId, own: Span, gives: readonly ShiftPart[]): Span => {
  const underWay = shiftsOfPerson(directory, holderId, { fromAt: own.from, toAt: own.from + 1 });
  const kept = underWay.filter((shift) => !gives.some((part) => part.postId === shift.postId && overlap(part, shift)));
  const from = Math.max(own.from, ...kept.map(({ to }) => to));
  return from < own.to ? { ...own, from } : own;
};

const meantInAll = (
  { kind, isExact = false, isToEnd = false }: DutyDraft,
  { directory, timeZone, now }: Drafting,
  holderId: PersonId,
  spans: readonly Span[],
): readonly ShiftPart[] =>
  spans.flatMap((span) => shiftsMeantBy(directory, holderId, span, kind === 'leave', timeZone, now, { isExact, isToEnd }));

const settleShifts = (draft: DutyDraft, drafting: Drafting, holderId: PersonId): DutyDraft => {
  const { otherId, own, gives } = draft;
  if (draft.kind === 'swap') return otherId === undefined ? draft : settleSwap(draft, drafting, otherId);
  const isLeave = draft.kind === 'leave';
  const settled = gives || !own ? draft : { ...draft, gives: meantInAll(draft, drafting, holderId, [own, ...(draft.more ?? [])]) };
  // Of days apart only the shifts are given: whoever has no other duty is not away between them.
  if (!isLeave || settled.standing || draft.more) return settled;
  const [first] = settled.gives ?? [];
  const last = settled.gives?.at(-1);
  const said = own && (draft.isToEnd ? last && { from: own.from, to: last.to } : own);
  const away = said && afterKept(drafting, holderId, said, settled.gives ?? []);
  const standing = away ?? (first && last ? { from: first.from, to: last.to } : undefined);
  return standing ? { ...settled, standing } : settled;
};

const askShift = (drafting: Drafting, personId: PersonId, isMissing: boolean): NextAsk => {
  const parts = shiftsAhead(drafting.directory, personId, drafting.now, mostShifts);
  return parts.length > 0 ? { ask: 'shift', parts, isMissing } : { ask: 'nothingThere' };
};

/** The draft with everything that follows from what was said, and what is wanted next. */
export const settleDraft = (said: DutyDraft, drafting: Drafting): { readonly draft: DutyDraft; readonly next: NextAsk } => {
  const { directory, now, speakerId, channel } = drafting;
  if (said.otherName !== undefined && said.otherId === undefined) {
    const people = peopleCalled(drafting, said.otherName);
    if (people.length === 1) return settleDraft({ ...said, otherId: people[0]! }, drafting);
    if (people.length > 1) return { draft: said, next: { ask: 'person', people: people.slice(0, mostPeople), isUnknown: false } };
  }
  const holderId = holderOf(said, drafting);
  if (holderId === undefined) return { draft: said, next: { ask: 'person', people: [], isUnknown: said.otherName !== undefined } };
  const draft = settleShifts(said, drafting, holderId);
  const { gives = [], takes = [], standing, otherId, kind } = draft;
  if (said.wantsHours && !said.gives) return { draft: said, next: { ask: 'hours' } };
  if (kind === 'leave' && said.more && isBound(directory, holderId, now)) return { draft: said, next: { ask: 'apart' } };
  const isAway = kind === 'leave' && standing !== undefined && isBound(directory, holderId, now);
  if (gives.length === 0 && !isAway) return { draft, next: askShift(drafting, holderId, draft.own !== undefined && takes.length === 0) };
  const away = kind === 'leave' && standing ? { standing } : {};
  if (otherId === undefined && !draft.isOpenEnded) {
    const people = freeColleagues(drafting, { holderId, gives, takes, ...away }, now, mostPeople);
    return { draft, next: said.otherName === undefined ? { ask: 'substitute', people } : { ask: 'person', people, isUnknown: true } };
  }
  const substituteId = draft.isOffer ? speakerId : otherId;
  if (kind === 'swap' && takes.length === 0 && !draft.isOneSided && substituteId !== undefined) {
    return { draft, next: { ask: 'return', parts: shiftsInReturn(drafting, { holderId, substituteId, gives, takes }, now, mostShifts) } };
  }
  const command: AskCommand = {
    type: 'ask',
    by: speakerId,
    channel,
    kind: kind === 'swap' && takes.length === 0 ? 'cover' : kind,
    holderId,
    ...(substituteId === undefined ? {} : { substituteId }),
    gives,
    takes,
    ...away,
    ...(draft.reason ? { reason: draft.reason } : {}),
  };
  return { draft, next: { ask: 'ready', command } };
};

/** Taken in what was chosen on a card: a person, a shift, nothing in return, or to choose later. */
export const chosen = (draft: DutyDraft, choice: string | ShiftPart, step: NextAsk['ask']): DutyDraft => {
  if (typeof choice !== 'string') return step === 'return' ? { ...draft, takes: [choice] } : { ...draft, gives: [choice] };
  if (choice === 'oneSided') return { ...draft, isOneSided: true };
  if (choice === 'later') return { ...draft, isOpenEnded: true };
  const { otherName: _, ...rest } = draft;
  return { ...rest, otherId: choice };
};
