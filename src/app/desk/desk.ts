import { may, type Access } from '../../domain/access/access.ts';
import { appealIdOf, type Appeal } from '../../domain/figures/appeal.ts';
import { isItemClock, type Obligation } from '../../domain/escalation/obligation.ts';
import type { Shift } from '../../domain/roster/roster.ts';
import type { DutyRequest } from '../../domain/shift-change/duty-request.ts';
import type { Aggregate } from '../../ports/store.ts';
import type { ChannelInUse } from '../binding/say-accounts.ts';
import type { Board } from '../items/board.ts';
import { requestsId, type World } from '../world.ts';
import type { Look, Offer } from './offer.ts';
import { offersOnAppeal, offersOnReport, offersOnVerdict } from './offers-on-figures.ts';
import { offersOnHandover } from './offers-on-handover.ts';
import { offersOnItem } from './offers-on-item.ts';
import { offersOnQuestion } from './offers-on-obligation.ts';
import { offersOnPerson } from './offers-on-person.ts';
import { offersOnProposal } from './offers-on-proposal.ts';
import { offersOnRequest } from './offers-on-request.ts';
import { offersOnShift } from './offers-on-shift.ts';
import { offersOnSubject } from './offers-on-subject.ts';

/** What is looked at: an aggregate by its id, a post, a unit or a person by theirs, or a shift. */
export type Looked = { readonly kind: 'thing'; readonly id: string } | { readonly kind: 'shift'; readonly shift: Shift };

/** Everything that somebody may do about one thing that they look at. */
export type Desk = (looked: Looked, personId: string, locale: string) => Promise<readonly Offer[]>;

/** Whoever may not speak on the page is offered nothing: whoever audits changes nothing. */
export const mayBeOffered = (access: Access): boolean => may(access, 'speak');

/** `channels`: what the service reaches people by. */
export const createDesk = (world: World, board: Pick<Board, 'read'>, channels: readonly ChannelInUse[] = []): Desk => {
  const load = async (id: string): Promise<Aggregate | undefined> => (await world.store.load([id]))[0]?.aggregate;
  const openRequests = async (): Promise<readonly DutyRequest[]> => {
    const register = await load(requestsId);
    const found = register?.type === 'requests' ? await world.store.load(register.state.open) : [];
    return found.flatMap((stored) => (stored?.aggregate.type === 'request' ? [stored.aggregate.state] : []));
  };

  const appealAgainst = async (checkId: string): Promise<Appeal | undefined> => {
    const known = await load(appealIdOf(checkId));
    return known?.type === 'appeal' ? known.state : undefined;
  };

  const onAggregate = async (look: Look, aggregate: Aggregate | undefined): Promise<readonly Offer[]> => {
    switch (aggregate?.type) {
      case 'obligation':
        return onObligation(look, aggregate.state);
      case 'item':
        return offersOnItem(look, aggregate.state);
      case 'request':
        return offersOnRequest(look, aggregate.state, await openRequests());
      case 'handover':
        return offersOnHandover(look, aggregate.state);
      case 'proposal':
        return offersOnProposal(look, aggregate.state);
      case 'appeal':
        return offersOnAppeal(look, aggregate.state);
      case 'report':
        return offersOnReport(look, aggregate.state);
      default:
        return [];
    }
  };

  /** Of a clock, what can be done about that whose clock it is. */
  const onObligation = async (look: Look, o: Obligation): Promise<readonly Offer[]> => {
    const own = isItemClock(o) ? [] : offersOnQuestion(look, o);
    if (o.kind === 'check') return [...own, ...offersOnVerdict(look, o, await appealAgainst(o.id))];
    if (o.itemId === undefined || o.kind === 'reachTest') return own;
    return [...(await onAggregate(look, await load(o.itemId))), ...own];
  };

  return async (looked, personId, locale) => {
    const look: Look = { world, personId, now: world.clock.now(), locale };
    if (looked.kind === 'shift') return offersOnShift(look, looked.shift, await openRequests());
    const { id } = looked;
    const person = world.directory.people.get(id);
    if (person) return offersOnPerson(look, person, channels);
    const subject = await offersOnSubject(look, id, async () => (await board.read()).values());
    return subject.length > 0 ? subject : onAggregate(look, await load(id));
  };
};
