import { may, type Access } from '../../domain/access/access.ts';
import { lookingFor, seesItem, seesSubject, type Looking } from '../../domain/access/in-sight.ts';
import type { AccessAct } from '../../domain/access/rules.ts';
import { obligationIdOf } from '../../domain/escalation/decide.ts';
import type { ClockKind, ObligationKind } from '../../domain/escalation/obligation.ts';
import { appealIdOf } from '../../domain/figures/appeal.ts';
import { asPlanned, shiftAt } from '../../domain/organisation/directory.ts';
import type { Handover } from '../../domain/handover/handover.ts';
import type { Shift } from '../../domain/roster/roster.ts';
import type { ChannelInUse } from '../binding/say-accounts.ts';
import { bodiesOfPerson, readAppealable } from '../figures/keep-appeal.ts';
import type { ReadFigures } from '../figures/read-figures.ts';
import { clockIdOf } from '../handover/keep-handovers.ts';
import { readHandovers } from '../handover/read-handovers.ts';
import { toHandoverView, type HandoverView } from '../handover/view-handovers.ts';
import type { LookedKind } from '../../ports/looked-kinds.ts';
import type { Board } from '../items/board.ts';
import { scanAll } from '../ledger/scan-all.ts';
import { readShiftId, shiftIdOf } from '../views/shift-id.ts';
import { isoIn } from '../views/view-page.ts';
import { toRequestView } from '../views/view-requests.ts';
import { isOfRequest, landlineFor } from '../views/views-for.ts';
import type { World } from '../world.ts';
import { createDesk, mayBeOffered, type Looked } from './desk.ts';
import { appealOffer, withdrawOffers } from './offers-on-figures.ts';
import type { Offer } from './offer.ts';
import { viewShift, type ShiftDetail } from './view-shift.ts';

export type HandoverDetail = Omit<HandoverView, 'open'> & {
  /** The clock that asks for its acceptance. */
  readonly obligationId: string;
  /** The shift that ends and the one that begins: their names, where there are such shifts. */
  readonly shiftBefore: string | null;
  readonly shiftAfter: string | null;
  readonly open: readonly (HandoverView['open'][number] & { readonly obligationId: string | null })[];
};

/** One thing closely, as far as the caller sees; undefined where there is none of that name for them. */
export type CloserLook = {
  shift(id: string, access: Access): Promise<ShiftDetail | undefined>;
  handover(id: string, access: Access): Promise<HandoverDetail | undefined>;
  /** What `viewer` may do about it; whoever may not speak on the page is offered nothing. */
  offers(kind: LookedKind, id: string, access: Access, viewer: string | undefined, locale: string): Promise<readonly Offer[] | undefined>;
};

const clockKinds: readonly ObligationKind[] = ['check', 'postEmpty', 'restore', 'help', 'channelFailure', 'rosterGap'];

const checkIdPrefix = obligationIdOf('check', '', 0).split('.')[0]!;

const isPlainKind = (kind: ObligationKind): kind is Exclude<ObligationKind, ClockKind> => clockKinds.includes(kind);

/** `read`: without it nobody is offered to appeal against what has been over for long. */
export const createCloserLook = (
  world: World,
  board: Pick<Board, 'read'>,
  read?: ReadFigures,
  channels: readonly ChannelInUse[] = [],
): CloserLook => {
  const { store, clock, settings } = world;
  const iso = isoIn(settings.timeZone);
  const desk = createDesk(world, board, channels);
  const lookAs = (access: Access, act: AccessAct): Looking => lookingFor(access, act, world.directory, clock.now());
  const load = async (id: string) => (await store.load([id]))[0]?.aggregate;
  const toHandover = (handover: Handover): HandoverView =>
    toHandoverView(handover, {
      directory: asPlanned(world.directory),
      now: clock.now(),
      iso,
      windowMs: settings.handover.windowMs,
    });

  const findShift = (id: string, access: Access): Shift | undefined => {
    const named = readShiftId(id);
    const shift = named && shiftAt(world.directory, named.postId, named.from);
    return shift?.from === named?.from && shift && seesSubject(lookAs(access, 'seeRoster'), shift.postId) ? shift : undefined;
  };
  const findHandover = async (id: string, access: Access): Promise<Handover | undefined> => {
    const aggregate = id.startsWith('h') ? await load(id) : undefined;
    if (aggregate?.type !== 'handover') return undefined;
    return seesSubject(lookAs(access, 'seeHandovers'), aggregate.state.postId) ? aggregate.state : undefined;
  };

  const isAggregateSeen = async (id: string, access: Access): Promise<boolean> => {
    const aggregate = await load(id);
    const now = clock.now();
    switch (aggregate?.type) {
      case 'obligation': {
        const { subject, asked } = aggregate.state;
        const looking = lookAs(access, 'seeObligations');
        return seesSubject(looking, subject) || (looking.self !== undefined && asked.includes(looking.self));
      }
      case 'item':
        return seesItem(lookAs(access, 'seeItems'), aggregate.state);
      case 'request':
        return isOfRequest(lookAs(access, 'seeRequests'), toRequestView(world.directory, aggregate.state, now, iso));
      case 'handover':
        return seesSubject(lookAs(access, 'seeHandovers'), aggregate.state.postId);
      default:
        return false;
    }
  };

  const find = async (kind: LookedKind, id: string, access: Access): Promise<Looked | undefined> => {
    const { directory } = world;
    if (kind === 'shift') {
      const shift = findShift(id, access);
      return shift && { kind: 'shift', shift };
    }
    const isSubject = kind === 'post' || kind === 'unit' || kind === 'person';
    const isThere = directory.posts.has(id) || directory.units.has(id) || directory.people.has(id);
    const isSeen = isSubject ? isThere && seesSubject(lookAs(access, 'seeObligations'), id) : await isAggregateSeen(id, access);
    return isSeen ? { kind: 'thing', id } : undefined;
  };

  /** A check is forgotten an hour after its end, and may be appealed against for two weeks. */
  const onForgotten = async (id: string, access: Access, viewer: string, locale: string): Promise<readonly Offer[] | undefined> => {
    if (!read || !id.startsWith(checkIdPrefix) || !may(access, 'appeal')) return undefined;
    const now = clock.now();
    const counted = await readAppealable(world, now, read, bodiesOfPerson(world.directory, viewer, now));
    const one = counted.find(({ obligationId }) => obligationId === id);
    if (!one) return undefined;
    if (one.appeal === undefined) return [appealOffer(id, locale)];
    const known = await load(appealIdOf(id));
    return known?.type === 'appeal' ? withdrawOffers({ world, personId: viewer, now, locale }, known.state) : [];
  };

  return {
    shift: async (id, access) => {
      const shift = findShift(id, access);
      if (!shift) return undefined;
      const [handovers, requests] = await Promise.all([readHandovers(store), scanAll(store, 'request')]);
      const seen = lookAs(access, 'seeRequests');
      const detail = viewShift({ directory: world.directory, shift, handovers, requests, toHandover, now: clock.now(), iso });
      return {
        ...detail,
        ...landlineFor(lookAs(access, 'seePhones'), shift.postId, detail.landline),
        requests: detail.requests.filter((request) => isOfRequest(seen, request)),
      };
    },
    handover: async (id, access) => {
      const found = await findHandover(id, access);
      if (!found) return undefined;
      const { open, ...view } = toHandover(found);
      const all = world.directory.shiftsOf.get(found.postId) ?? [];
      const before = all.findLast(({ to }) => to <= found.at);
      const after = all.find(({ from }) => from >= found.at);
      return {
        ...view,
        obligationId: clockIdOf(found),
        shiftBefore: before ? shiftIdOf(before) : null,
        shiftAfter: after ? shiftIdOf(after) : null,
        open: open.map((matter, index) => {
          const { kind, subject, at } = found.open[index]!;
          return { ...matter, obligationId: isPlainKind(kind) ? obligationIdOf(kind, subject, at) : null };
        }),
      };
    },
    offers: async (kind, id, access, viewer, locale) => {
      const looked = await find(kind, id, access);
      if (!looked) return kind === 'obligation' && viewer !== undefined ? onForgotten(id, access, viewer, locale) : undefined;
      return viewer === undefined || !mayBeOffered(access) ? [] : desk(looked, viewer, locale);
    },
  };
};
