import type { LedgerEvent } from '../ledger/event.ts';
import { localDay } from '../local-time.ts';
import { noLoad, type Load } from '../draft/draft.ts';
import { takesNight } from '../draft/make-slots.ts';
import type { PersonId } from '../organisation/organisation.ts';
import { applyOverrides } from '../roster/apply-overrides.ts';
import { evolveRoster, untoldRoster, type ToldRoster } from '../roster/evolve-roster.ts';
import { headcountOf } from '../roster/find-gaps.ts';
import type { DutyRole, Holder, Post, PostId, Roster, Shift } from '../roster/roster.ts';
import { dayKindOf } from '../roster/shift-hours.ts';
import { overlapMs, type FiguresContext, type Period } from './period.ts';
import { foldSilences } from './fold-silences.ts';
import { isLost, type StretchKind } from './stretch.ts';

/** From `from` (inclusive) to `to` (exclusive), epoch ms. */
export type Stretch = { readonly from: number; readonly to: number; readonly kind: StretchKind; readonly people: readonly PersonId[] };

export type PostCoverage = {
  readonly postId: PostId;
  readonly unitId: string;
  /** In order, without holes. */
  readonly stretches: readonly Stretch[];
  /** How much of the period there is to cover: the campaign so far, since the post is known. */
  readonly totalMs: number;
  /** Of it, with somebody on post: everything but what is lost. */
  readonly coveredMs: number;
};

/** How much one person stood; a shift counts in the period in which it begins. */
export type PersonLoad = Load & { readonly personId: PersonId; readonly standingMs: number };

type Waiting = { readonly postId: PostId; readonly from: number; readonly outgoing: readonly Holder[] };
type Overlay = { readonly from: number; readonly to: number };
type HeldOver = Overlay & { readonly holders: readonly Holder[] };
/** `isBegun`: it begins with this piece, as it was `planned` then; else whoever began it is counted already. */
type Frozen = Shift & { readonly isBegun: boolean; readonly planned: Shift };

type PostState = {
  /** When the ledger first spoke of it. */
  readonly knownAt: number;
  shifts: readonly Shift[];
  frozenTo: number;
  readonly frozen: Frozen[];
  readonly heldOver: HeldOver[];
  readonly absent: Overlay[];
};

export type HandoverCounts = { readonly inTime: number; readonly late: number; readonly lapsed: number };

export type CoverageFold = {
  readonly take: (event: LedgerEvent) => void;
  readonly posts: () => ReadonlyMap<PostId, Post>;
  /** Changes nothing: more may be taken in after it. */
  readonly coverage: (asOf: number) => readonly PostCoverage[];
  readonly loads: (asOf: number) => readonly PersonLoad[];
  readonly handovers: () => HandoverCounts;
};

/**
 * Who stood each post. What was planned at each instant is the roster that was in force at that instant: a list that comes
 * in later changes nothing about the past. Over it lie the times in which a shift waited to be accepted, and those in which
 * a post was said to be empty, or was not heard of.
 */
export const foldCoverage = (context: FiguresContext, period: Period): CoverageFold => {
  let told: ToldRoster = untoldRoster;
  const posts = new Map<PostId, Post>();
  const states = new Map<PostId, PostState>();
  const waiting = new Map<string, Waiting>();
  const empty = new Map<string, { readonly postId: PostId; readonly from: number }>();
  const silences = foldSilences(period);
  const handovers = { inTime: 0, late: 0, lapsed: 0 };

  const isInPeriod = (at: number): boolean => at >= period.fromAt && at < period.toAt;
  const isWantedPost = (postId: PostId): boolean => {
    const post = posts.get(postId);
    return post !== undefined && context.isWanted(post.unitId);
  };

  const changeRoster = (event: LedgerEvent): void => {
    const next = evolveRoster(told, event);
    const isSame = next.roster === told.roster;
    told = next;
    if (isSame) return;
    const byPost = shiftsOf(applyOverrides(told.roster), period);
    for (const post of told.roster.posts) {
      posts.set(post.id, post);
      const shifts = byPost.get(post.id) ?? [];
      const state = states.get(post.id);
      if (!state) {
        const blank = { frozen: [], heldOver: [], absent: [] };
        states.set(post.id, { knownAt: event.at, shifts, frozenTo: Number.NEGATIVE_INFINITY, ...blank });
      } else if (!isSameShifts(state.shifts, shifts)) {
        freeze(state, event.at);
        state.shifts = shifts;
      }
    }
  };

  const holdOver = ({ postId, from, outgoing }: Waiting, to: number): void => {
    if (from < to && to > period.fromAt && from < period.toAt) states.get(postId)?.heldOver.push({ from, to, holders: outgoing });
  };

  const openHandover = ({ at, itemId, data }: LedgerEvent): void => {
    const outgoing = (data['outgoing'] as readonly (readonly [DutyRole, PersonId])[]).map(([role, personId]) => ({ role, personId }));
    waiting.set(itemId!, { postId: data['subject'] as PostId, from: Math.max(at, data['at'] as number), outgoing });
  };

  const endHandover = ({ at, event, itemId }: LedgerEvent): void => {
    const one = waiting.get(itemId!);
    if (!one) return;
    waiting.delete(itemId!);
    holdOver(one, at);
    // an acceptance ahead of the boundary belongs to the boundary
    if (!isInPeriod(one.from) || !isWantedPost(one.postId)) return;
    if (event === 'HandoverLapsed') handovers.lapsed += 1;
    else if (at > one.from + context.handoverWindowMs) handovers.late += 1;
    else handovers.inTime += 1;
  };

  const sayEmpty = ({ at, obligationId, data }: LedgerEvent): void => {
    if (data['kind'] === 'postEmpty') empty.set(obligationId!, { postId: data['subject'] as PostId, from: at });
  };

  const manAgain = ({ at, obligationId }: LedgerEvent): void => {
    const one = obligationId === undefined ? undefined : empty.get(obligationId);
    if (!one) return;
    empty.delete(obligationId!);
    if (at > period.fromAt && one.from < period.toAt) states.get(one.postId)?.absent.push({ from: one.from, to: at });
  };

  const take = (event: LedgerEvent): void => {
    silences.take(event);
    switch (event.event) {
      case 'RosterChanged':
      case 'RosterOverridden':
      case 'RosterRestored':
        changeRoster(event);
        return;
      case 'HandoverOpened':
        openHandover(event);
        return;
      case 'HandoverAccepted':
      case 'HandoverLapsed':
        endHandover(event);
        return;
      case 'ObligationOpened':
        sayEmpty(event);
        return;
      case 'AnswerRecorded':
      case 'ObligationTakenOver':
      case 'ObligationWithdrawn':
        manAgain(event);
        return;
      default:
    }
  };

  /** What has been stood up to an instant, as it is known now. */
  const stood = (state: PostState, asOf: number): readonly Frozen[] => {
    const copy = { ...state, frozen: [...state.frozen] };
    freeze(copy, asOf);
    return copy.frozen;
  };

  const layersOf = (postId: PostId, state: PostState, asOf: number) => ({
    heldOver: [
      ...state.heldOver,
      ...[...waiting.values()].flatMap((one) =>
        one.postId === postId && one.from < asOf ? [{ from: one.from, to: asOf, holders: one.outgoing }] : [],
      ),
    ],
    unheard: silences.of(postId, asOf),
    absent: [...state.absent, ...[...empty.values()].flatMap((one) => (one.postId === postId ? [{ from: one.from, to: asOf }] : []))],
  });

  const coverage = (asOf: number): readonly PostCoverage[] =>
    [...states].flatMap(([postId, state]) => {
      if (!isWantedPost(postId)) return [];
      const from = Math.max(period.fromAt, context.campaign.fromAt, state.knownAt);
      const to = Math.min(period.toAt, context.campaign.toAt, asOf);
      const { unitId, minimumHeadcount } = posts.get(postId)!;
      const layers = layersOf(postId, state, asOf);
      const stretches = from < to ? stretchesOf({ shifts: stood(state, to), ...layers }, minimumHeadcount, from, to) : [];
      const lost = stretches.filter(({ kind }) => isLost(kind));
      const totalMs = Math.max(0, to - from);
      return [{ postId, unitId, stretches, totalMs, coveredMs: totalMs - lost.reduce((sum, one) => sum + one.to - one.from, 0) }];
    });

  const loads = (asOf: number): readonly PersonLoad[] => {
    const byPerson = new Map<PersonId, { load: Load; standingMs: number }>();
    const from = Math.max(period.fromAt, context.campaign.fromAt);
    const to = Math.min(period.toAt, context.campaign.toAt, asOf);
    for (const [postId, state] of states) {
      if (!isWantedPost(postId)) continue;
      // what was over before anybody told of it is known to nobody
      const known = stood(state, asOf).filter((shift) => shift.to > state.knownAt);
      for (const shift of known) addLoads(byPerson, shift, context, { from, knownAt: state.knownAt, to });
    }
    return [...byPerson]
      .map(([personId, { load, standingMs }]): PersonLoad => ({ personId, ...load, standingMs }))
      .toSorted((one, other) => other.standingMs - one.standingMs || (one.personId < other.personId ? -1 : 1));
  };

  return { take, posts: () => posts, coverage, loads, handovers: () => ({ ...handovers }) };
};

/** By post and in order; of what lies wholly outside the period nothing is remembered. */
const shiftsOf = ({ shifts }: Roster, { fromAt, toAt }: Period): ReadonlyMap<PostId, readonly Shift[]> =>
  Map.groupBy(
    shifts.filter(({ from, to }) => to > fromAt && from < toAt),
    ({ postId }) => postId,
  );

const isSameShift = (one: Shift, other: Shift): boolean =>
  one === other ||
  (one.from === other.from &&
    one.to === other.to &&
    one.holders.length === other.holders.length &&
    one.holders.every(({ role, personId }, index) => role === other.holders[index]!.role && personId === other.holders[index]!.personId));

const isSameShifts = (ones: readonly Shift[], others: readonly Shift[]): boolean =>
  ones.length === others.length && ones.every((one, index) => isSameShift(one, others[index]!));

/** What lay before `at` was stood as it was planned until then. */
const freeze = (state: PostState, at: number): void => {
  for (const shift of state.shifts) {
    const from = Math.max(shift.from, state.frozenTo);
    const to = Math.min(shift.to, at);
    if (from < to) state.frozen.push({ ...shift, from, to, isBegun: shift.from >= state.frozenTo, planned: shift });
  }
  state.frozenTo = Math.max(state.frozenTo, at);
};

const addLoads = (
  byPerson: Map<PersonId, { load: Load; standingMs: number }>,
  shift: Frozen,
  { timeZone, table }: FiguresContext,
  { from, knownAt, to }: { readonly from: number; readonly knownAt: number; readonly to: number },
): void => {
  const ms = overlapMs(shift, Math.max(from, knownAt), to);
  const isBegunHere = shift.isBegun && shift.from >= from && shift.from < to;
  if (ms === 0 && !isBegunHere) return;
  const kind = isBegunHere ? dayKindOf(localDay(timeZone, shift.from).date, table) : undefined;
  for (const personId of new Set(shift.holders.map((holder) => holder.personId))) {
    const before = byPerson.get(personId) ?? { load: noLoad, standingMs: 0 };
    const { shifts, nights, weekends, holidays } = before.load;
    const load = isBegunHere
      ? {
          shifts: shifts + 1,
          nights: nights + (takesNight(timeZone, shift.planned.from, shift.planned.to) ? 1 : 0),
          weekends: weekends + (kind === 'restDay' ? 1 : 0),
          holidays: holidays + (kind === 'holiday' ? 1 : 0),
        }
      : before.load;
    byPerson.set(personId, { load, standingMs: before.standingMs + ms });
  }
};

const coversAll = (one: Overlay, from: number, to: number): boolean => one.from <= from && to <= one.to;
const peopleOf = (holders: readonly Holder[]): readonly PersonId[] => [...new Set(holders.map(({ personId }) => personId))];

type Layers = {
  readonly shifts: readonly Shift[];
  readonly heldOver: readonly HeldOver[];
  readonly unheard: readonly Overlay[];
  readonly absent: readonly Overlay[];
};

/** Between two boundaries nothing changes. */
const stretchAt = ({ shifts, heldOver, unheard, absent }: Layers, minimum: number, from: number, to: number): Stretch => {
  const stays = heldOver.findLast((one) => coversAll(one, from, to));
  const shift = shifts.findLast((one) => coversAll(one, from, to));
  const holders = stays?.holders ?? shift?.holders ?? [];
  const people = peopleOf(holders);
  const officers = headcountOf({ postId: '', from, to, holders });
  if (officers === 0) return { from, to, kind: 'gap', people };
  if (absent.some((one) => coversAll(one, from, to))) return { from, to, kind: 'absent', people };
  if (unheard.some((one) => coversAll(one, from, to))) return { from, to, kind: 'unheard', people };
  return { from, to, kind: stays ? 'heldOver' : officers < minimum ? 'short' : 'held', people };
};

const isSameStretch = (one: Stretch, other: Stretch): boolean => one.kind === other.kind && one.people.join() === other.people.join();

const stretchesOf = (layers: Layers, minimum: number, from: number, to: number): readonly Stretch[] => {
  const near = {
    shifts: layers.shifts.filter((one) => overlapMs(one, from, to) > 0),
    heldOver: layers.heldOver.filter((one) => overlapMs(one, from, to) > 0),
    unheard: layers.unheard.filter((one) => overlapMs(one, from, to) > 0),
    absent: layers.absent.filter((one) => overlapMs(one, from, to) > 0),
  };
  const bounds = [...near.shifts, ...near.heldOver, ...near.unheard, ...near.absent].flatMap((one) => [one.from, one.to]);
  const cuts = [...new Set([from, ...bounds.filter((at) => at > from && at < to), to])].toSorted((one, other) => one - other);
  const stretches: Stretch[] = [];
  for (const [index, end] of cuts.slice(1).entries()) {
    const next = stretchAt(near, minimum, cuts[index]!, end);
    const last = stretches.at(-1);
    if (last && isSameStretch(last, next)) stretches[stretches.length - 1] = { ...last, to: end };
    else stretches.push(next);
  }
  return stretches;
};
